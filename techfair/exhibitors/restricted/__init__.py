"""Technologies whose transfer law restricts or bans: a warning where one is written about, never a refusal."""
