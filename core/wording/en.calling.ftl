### The call as an official makes it in the chat: short screens, counts and pickup numbers, never a name or a NIK.

call-nobody =
    { $tempat }

    No card waits for a call here.
call-no-point = No card waits in your region yet. As soon as a box was taken in, people can be called here.
call-waiting =
    CALL PEOPLE
    { $tempat }

    { $kartu } cards wait { $lama }.
call-waiting-long = ({ $n } over 30 days)
call-ask-day =
    From which day on are people called?

    Press the day, or type it, as in: Thursday 8-12, tomorrow 08.00-11.30, or 12/10 8-12
call-ask-hours =
    From { $hari } on. At which hours?

    Press them, or type them, as in: 8-12
    { $jumat }
call-friday = Fridays always end at 11.30.
call-ask-place =
    { $hari }, { $jam }.

    Where? Press the place, or type another one, at most 40 letters, as in: Balai RW 3 Dusun Krajan
call-ask-people =
    { $tempat }

    How many people a day? { $kartu } cards wait; who waited longest is called first, a family with one phone on one day.

    Press the number, or type one, as in: 75
call-unread-when =
    Sorry, we could not read that day or those hours. Type for example: Thursday 8-12, tomorrow 08.00-11.30, or 12/10 8-12
call-unread-hours = Sorry, we could not read those hours. Type for example: 8-12, or 08.00-11.30
call-unread-people = Sorry, we need one number from 1 to { $batas }. Type for example: 75
call-button-all-at-once = All ({ $n })
call-button-send = Send
call-button-send-change = Send the change
call-button-day = Change day
call-button-hours = Change hours
call-button-place = Change place
call-button-people = Change number
call-button-stop = Stop
call-stopped = All right. Nothing was sent.
call-preview-new = CHECK FIRST: nothing was sent yet.
call-preview-change = CHANGE THE CALL: nothing was changed yet.
call-preview-terms =
    { $tempat }
    { $jam }, at most { $perhari } people a day
    Called: { $orang } people on { $lama } days
call-day-line = { $hari }: { $n } people
call-day-line-hours = { $hari }: { $n } people ({ $jam })
call-more-days = … and { $n } more days, until { $hari }
call-channels =
    By Telegram: { $telegram } messages
    By SMS: { $sms } messages { $biaya }
    Not reached: { $tanpa } people
call-channels-change =
    By Telegram, at most: { $telegram } messages
    By SMS, at most: { $sms } messages { $biaya }
    Not reached: { $tanpa } people
call-sms-cost = = { $n } SMS, about Rp { $rupiah }
call-sms-in-place = Where Telegram does not take the message (the bot is blocked, say), an SMS goes: at most { $n } more
call-unreachable-note = Who is not reached gets a day all the same; the numbers are under Who was reached, so that somebody can go there or send word.
call-when-told = People are told from 15.00 to 17.30 on the working day before. Who has taken the card is not told.
call-when-told-change = Who was told hears again only if something changed for them.
call-exact-telegram = THE TEXT ON TELEGRAM (the longest):
call-exact-sms = THE SMS (the longest, { $n } of 160 characters):
call-cannot-send = It cannot be sent yet; change it first, below:
call-problem-past = That day is over. The nearest is { $hari }.
call-problem-closed = Nobody is served on that day. The nearest is { $hari }.
call-problem-too-late = Nobody can be told in time of that day. The nearest is { $hari }.
call-problem-stopped = Pickup is stopped on that day. Call again when it is back.
call-problem-nobody = No card waits for a call any more.
call-problem-per-day = The number of people a day will not do.
call-problem-hours = Nobody can be served at those hours; Fridays end at 11.30.
call-problem-place-long = The place is too long for an SMS. Type it again, at most 40 letters.
call-problem-place-signs = The place holds a sign that an SMS cannot carry. Type it again in plain letters.
call-problem-place-fraud = The place reads like a link or a NIK, and may be taken for a fraud. Type the place only.
call-other-first = Another official has called people here already. This is that call.
call-being-called-off = The call before is still being called off. Please press Send again in a moment.
call-gone = That call is over or was cancelled, so it cannot be changed. To call again: /petugas
call-heading =
    CALL
    { $tempat }
    { $jadwal }, { $jam }, { $perhari } people a day
call-cancel-note = Those who were told will hear that their day does not hold any more. All their cards wait for a new call.
call-button-change = Change the call
call-button-copy-group = Copy for the WA group
call-button-copy-speaker = Copy for the loudspeaker
call-automatic =
    AUTOMATIC CALL

    Cards at { $tempat } have waited long without a call, so { $orang } people were called:
    { $jadwal }, { $jam }, { $perhari } people a day

    To change or cancel it, press below.
call-button-show = See the call

## Texts to copy

copy-group =
    IDENTITY CARDS TO BE PICKED UP
    { $tempat }

    { $n } cards are ready:
copy-group-more =
    Whoever's turn it is hears by Telegram or SMS on the working day before, from 15.00 to 17.30. Heard nothing? Ask at the pickup place{ $bot }.

    Bring: the receipt or the letter, and the family card (KK). A member of the family may come.

    GRATIS, no agents. We never ask for data or money, nor send a link.
    { $kantor }
copy-bot = , or on Telegram: look for @{ $bot }
copy-speaker =
    An announcement of { $kantor }.

    To all residents: { $n } identity cards are ready at { $tempat }.

    The time: { $jadwal }, from { $jam }. { $jumat }

    Whoever's turn it is hears by Telegram or SMS on the day before. Whoever heard nothing may ask at the pickup place.

    Please bring the receipt or the letter, and the family card. A member of the family may come.

    This is GRATIS; nothing is charged, and no agent is needed. Thank you.
copy-until = to
copy-one-day = { $hari }
copy-days = { $hari } to { $akhir }

## Who was reached

reached-no-call = There is no call at { $tempat } yet.
reached-counts =
    WHO WAS REACHED
    { $tempat }
    { $jadwal }

    Told, with a receipt: { $tiba }
    Told, without one: { $sudah }
    Pressed I Am Coming: { $datang }
    Pressed Another Day: { $lain }
    Waiting to be told: { $tunggu }
    Failed: { $gagal }
reached-why = - { $sebab }: { $n }
reached-unreachable = Without phone or account: { $n }
reached-why-number = the number is wrong or takes no SMS
reached-why-blocked = they refuse or block messages
reached-why-account = the Telegram account was not found
reached-why-late = could not be told in time
reached-why-cancelled = the call was cancelled
reached-why-trial = trial, not sent
reached-why-other = refused by the operator; the office knows
reached-numbers-heading = NOT REACHED (pickup numbers):
reached-numbers = { $hari }: { $nomor }
reached-numbers-no-day = No day yet: { $nomor }
reached-more = … and { $n } more numbers
reached-all = Nobody has to be visited.
reached-button-again = Tell those not reached again
reached-again-sure =
    Tell { $n } people again who were not reached?

    Only those are sent a message who have a number or an account now. Nobody who was told is told again.
reached-button-again-yes = Yes, tell them
reached-button-again-no = Never mind
reached-again-done = { $n } people will be told again. The others still have to be visited.
reached-again-nobody = Nobody else can be told: those with a number or an account wait for their turn already. The others need their number registered under Help, or a visit.
reached-again-not = All right, nothing was sent.
