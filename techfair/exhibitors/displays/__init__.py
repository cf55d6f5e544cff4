"""What a company shows at which fair: a record is one, in however many fairs, and all of them unless left out."""
