### An official helps a neighbour: what she reads of somebody else's card, and reads to her.

help-whom = Type the NIK or the receipt's code of whoever asks, one only. Only residents of your region; every look-up is noted. We delete what you type from this chat within the hour.
help-one-only = One NIK in a message, please.
help-mistyped = That cannot be read as a NIK (16 digits) or a receipt's code. Compare it with the family card or the receipt, then type it again.
help-not-found = Not found in your region. Compare it with the family card; before the card is printed use the NIK, not the receipt. If it still is not found, ask { $kantor }.
help-too-many = Today's look-ups have reached their limit, { $n } residents. Go on tomorrow; if it is urgent, call { $kantor }.
help-addresses = For the official: { $n } addresses (phone or Telegram) will be told. Somebody else? Type the next NIK.
help-no-address = For the official: no address can be told yet. Press the button below to register her phone.
button-help-phone = Register a phone
help-phone = Type the phone number of her or her family, like 0812-0000-0001. Not an official's.
help-own-phone = That is your own number. Type that of her or her family.
help-phone-mistyped = That cannot be read as an Indonesian mobile number. Type it again, like 0812-0000-0001.
help-consent =
    Number { $nomor }. Read this to her:

    "We keep this phone number for one receipt of an identity card. It serves only for news of the card, of its substitute and of service stops, by SMS; nobody else gets it. It is kept until { $simpan } after the card was handed over. Stop or correct it at any time, at the village office or the counter. Under 18, a parent or guardian has to agree. If you do not agree, we still answer your questions. It is FREE (GRATIS)."

    Press only if she herself agrees.
button-help-agreed = She agrees
button-help-next = Next resident
help-added = Registered. The number gets an SMS that says so, then news of the card.
help-already = That number is registered for her already. Nothing is to be done.
help-crowded = That number is registered at six residents already, so it cannot be added. Ask for the family's own number.
help-not-now = She cannot be registered any more: the card was handed over, or she lives elsewhere now.
