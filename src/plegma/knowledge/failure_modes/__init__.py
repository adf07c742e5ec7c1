"""One folder for each layer, one file for each failure mode; a file holds one `MODE`."""
