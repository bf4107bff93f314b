"""The draft: an issue as the text file that the editor works on."""
