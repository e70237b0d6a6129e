"""Attachments: pictures, videos and files that users and agents send, checked before they are kept."""
