"""The day of the meetings: who came, who is late, tables that are free again, and the screen of the hall."""
