"""The cyclogram: what may be sent, and what is given back."""

TABLE_LENGTH = 300
