"""Documents (PDF) of technologies and needs: handed to everyone, or named only and shown as the company grants it."""
