"""Files that come in and go out: read into checked values, written byte by byte alike."""
