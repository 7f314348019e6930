"""The Telegram bot: dialogs in chats, which ask, show, tell a price, and send the film."""
