"""Built-in sweeps: one thing of a descriptor varied by patches, each read and assessed like a scenario written by hand."""
