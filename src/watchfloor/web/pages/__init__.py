"""The pages, a file each; every file lists what it answers as HANDLERS."""
