"""From text to records: places, checked data, merge patches and scenarios; knows no subject."""
