### Inviting officials: what is read by whoever invites, by whoever is invited, and on the slip.

role-village = Village official
role-district = District official
role-office = Office official
role-head = Head of the office
standing-waiting = to be confirmed
standing-active = at work
standing-suspended = suspended
standing-removed = no official any more

# The menu of commands in Telegram, for officials

command-petugas = Officials' menu
command-terima = A box of KTP-el came
command-panggil = Call people to collect
command-serah = Note KTP-el handed over
command-terjangkau = Who was told
command-bantu = Help a resident
command-umum = Announcement
command-jumat = Friday card for the village head
command-undang = Invite an official, list them
command-setuju = What waits to be agreed to
command-gangguan = Service stops
command-impor = Take in a list
command-angka = Today's figures

# Inviting

invite-role =
    Invite an official. Who is it to be?

    Those at work are in the list of officials.
invite-which-village = Which village? Choose below, or type a part of its name.
invite-which-district = Which district? Choose below, or type a part of its name.
invite-which-district-first = Which village? Type a part of its name, or choose its district first.
invite-found = { $n } names hold “{ $ketikan }”. Which one?
invite-no-region = There is no such name in { $daerah }. Please type a part of the name again, such as its first four letters.
invite-check =
    Invite as { $peran } for { $daerah }?

    The link can be used once, within 7 days.
button-invite-make = Make the link
button-invite-void = Take the invitation back
button-own-officials = List of officials
invite-made =
    Invitation number { $nomor }: { $peran }, { $daerah }. Its link is in the next message.

    Hand that message on to the person only, never to a group. It is good until { $hingga }, once.

    When it is opened we ask here who opened it. Until that is confirmed, nobody can do anything with it.
invite-letter =
    Invitation from { $kantor }

    You are asked to help Kabar KTP as { $peran } for { $daerah }.

    Tap this link on a phone with Telegram, then press Start:
    { $tautan }

    Good until { $hingga }, once. Please do not hand it on to anybody.
invite-voided = Invitation number { $nomor } is taken back. Its link is good for nothing any more.
invite-opened-already = Invitation number { $nomor } was opened, so it cannot be taken back. See the list of officials.
invite-no-bot-name = No link can be made yet, because we do not know what this bot is called. Please try again in a few minutes.

# Opening a link

invite-wait =
    Thank you. Your wish to be { $peran } for { $daerah } was passed on.

    Please wait: whoever invited you makes sure first that this account is the right one. Then we tell you here.
invite-not-good =
    Sorry, that invitation is not valid. It may have been used or taken back, or its day is past.

    Please ask whoever invited you, or { $kantor }, for a new one.
invite-locked =
    QR codes or links that we do not know were opened from this account five times. For safety, links from this account are closed for a day.

    Please try again tomorrow, or ask { $kantor }, { $jam_kantor }.
invite-already =
    This account is { $peran } for { $daerah } already, so the invitation was not used.

    For another task please ask { $kantor }.
invite-waiting = The wish of this account was passed on and waits to be confirmed. Please wait; we tell you here.

# Whoever invited is asked

invite-opened =
    The invitation as { $peran } for { $daerah } was opened by this Telegram account:

    “{ $akun_nama }”

    Its owner wrote that name. Make sure first, by meeting or calling the person. Is it the right one?
button-right-one = Right
button-wrong-one = Wrong
official-is-confirmed = { $peran } for { $daerah } is confirmed and can begin. We told the person.
official-is-refused =
    The wish to be { $peran } for { $daerah } is refused. That account can do nothing.

    Its link is used up; if needed, make a new invitation.
official-was-decided = That was decided before. It now stands: { $keadaan }.

# She is told

official-welcome =
    Welcome! This account is now { $peran } for { $daerah }.

    What you can do here:
    { $daftar }

    Type petugas for the menu. Here we use pickup numbers: please write no name and no NIK of a resident.
official-refused =
    Sorry, the wish of this account to be an official was not confirmed.

    If you think that is a mistake, please ask whoever invited you, or { $kantor }.
official-suspended =
    Your task as { $peran } for { $daerah } is suspended, so the officials' menu cannot be used at present.

    If you have questions, please ask { $kantor }, { $jam_kantor }. As a resident you can still ask here.
official-back = Your task as { $peran } for { $daerah } goes on. Type petugas for the menu.
official-removed =
    Your task as { $peran } for { $daerah } at Kabar KTP has ended. Thank you for your help.

    If you have questions, please ask { $kantor }, { $jam_kantor }. As a resident you can still ask here.

# The list of one's own officials

own-officials = { $n } officials in { $daerah }. Choose one to see or change.
own-officials-none = There is no official in { $daerah } yet. Invite the first.
own-official-line = { $daerah }: { $peran } no. { $nomor } ({ $keadaan })
own-official =
    Official number { $nomor }

    Account's name: { $akun_nama }
    Task: { $peran }
    Region: { $daerah }
    Since: { $sejak }
    Stands: { $keadaan }
button-official-suspend = Suspend
button-official-back = Take back into work
button-official-remove = Remove
button-official-remove-sure = Yes, remove
button-officials-list = Back to the list
own-official-remove-check =
    Remove official number { $nomor } ({ $peran }, { $daerah })?

    From then on that account can do nothing, what it proposed and nobody agreed to is withdrawn, and its invitations are void. Coming back takes a new invitation.

# The slip on paper

invite-slip-title = INVITATION FOR OFFICIALS OF KABAR KTP
invite-slip-scan = Scan with the camera of a phone that has Telegram, then press Start. Then wait: the office makes sure who it is.
invite-slip-link = Without a camera, type on that phone:
invite-slip-until = Good until { $hingga }, once.
invite-slip-keep = Do not photograph or share it. Lost, or used by somebody else? Ask the office for a new one. GRATIS.
