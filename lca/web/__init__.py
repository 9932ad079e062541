"""The form in the browser: its steps and fields, the file that is worked on, and the pages that a server sends."""
