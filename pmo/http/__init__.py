"""What stands between the web server and the views: visitors, rights, errors, headers, rendering.

Views take from here and never look past it; nothing here knows a noun of the domain.
"""
