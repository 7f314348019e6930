"""The embedded engine as a provider: jobs as files, drawn in processes of our own."""
