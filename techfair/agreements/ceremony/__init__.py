"""The signing on the stage: its run of show, the screen of the hall, and papers signed by hand."""
