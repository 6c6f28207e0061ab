"""Speed of the real server beside a floor of the same run: `make bench`."""
