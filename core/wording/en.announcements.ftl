### Announcements in four fixed forms, and what officials read on the way to one or to a suspension.

notice-announcement =
    ANNOUNCEMENT ABOUT ID CARDS
    For the people of { $warga }.

    { $isi }

    { -genuine }

    { $kantor }

notice-announcement-sms = { $k }: { $isi } { -free }

region-desa = Desa { $nama }, Kec. { $kecamatan }
region-desa-short = Desa { $nama }
region-kelurahan = Kelurahan { $nama }, Kec. { $kecamatan }
region-kelurahan-short = Kel. { $nama }
region-desa-adat = Desa Adat { $nama }, Kec. { $kecamatan }
region-desa-adat-short = Desa Adat { $nama }
region-district = Kecamatan { $kecamatan }
region-district-short = Kec. { $kecamatan }

announcement-hours-changed = From { $hari } the hours for ID cards (KTP-el) change: { $jam }.
announcement-hours-changed-sms = { $dekat } from { $hari } KTP-el hours are { $jam }.
announcement-place-changed = From { $hari } ID cards (KTP-el) are collected elsewhere: { $di }.
announcement-place-changed-sms = { $dekat } from { $hari } collect KTP-el at { $di }.
announcement-service-day =
    The ID card (KTP-el) service comes to you: { $layanan }.
    { $hari }, { $jam }.
    Place: { $di }.
announcement-service-day-sms = notice { $dekat }: { $hari } { $jam } at { $di }: { $layanan }.
announcement-general-reminder = Some ID cards (KTP-el) are ready and wait to be collected. If we told you that yours is, please come with your receipt and KK.
announcement-general-reminder-sms = { $dekat } if we told you that your KTP-el is ready, please collect it. Bring receipt and KK.
announcement-near-sms = { $warga }

form-which = What to announce? The text is fixed; you fill in day, hours and place.
form-hours-changed = Other hours
form-place-changed = Another place
form-service-day = Service day in the village
form-general-reminder = Remind to collect
field-day = Which day? Press a button, or type a date, as in 29/12.
field-hours = Which hours? Press a button, or type them, as in 8-12.
field-place = Where? Press a button, or type the name of the place, 40 characters at most.
field-services = Which services? Press to choose, then Next.
field-day-wrong = That day cannot be read, is past, or over 60 days away. Type it as in 29/12.
field-hours-wrong = Those hours cannot be read. Type them as in 8-12 or 08.30-14.00.
field-services-none = Choose at least one, then Next.
place-fault-empty = No place was typed.
place-fault-long = The place is too long. 40 characters at most.
place-fault-link = The place must not hold a link; put a space after a full stop.
place-fault-number = The place must not hold a phone number or other long number.
place-fault-letters = Type the place in letters.
place-fault-signs = It holds a sign that no SMS can carry. Use plain letters.
button-next = Next
button-whole-region = All of { $warga }
region-which = For whom?

telling-preview = This is the text:
telling-preview-sms = By SMS:
telling-counts = { $orang } people are told. By Telegram: { $telegram }. Not reached: { $tidak }.
telling-sms = SMS: { $n }, one each.
telling-cost = The SMS cost about { $biaya }.
telling-needs-office = The office has to agree before it goes out.
telling-needs-second = Many people: a second official of the office has to agree first.
telling-nobody = Nobody there can be told yet. Nothing was sent.
telling-sent = On its way: { $orang } people are told.
telling-about-announcement = Announcement: { $bentuk }
telling-about-suspension-start = News of a stop: { $henti }
telling-about-suspension-moved = Expected end moved: { $henti }
telling-about-resumed = Back: { $henti }
telling-asks = Proposal { $nomor } for { $orang } people waits for somebody to agree. We tell you here what becomes of it.
telling-too-many = This region has had its announcements of the week. Again from { $kapan }.
telling-too-many-ever = This office makes no announcements.
telling-withdrawn = The proposal is withdrawn. Nothing was sent.
button-send-now = Send now
button-ask-agree = Ask for agreement
button-with-sms = Add SMS
button-without-sms = No SMS
button-withdraw = Withdraw

agree-none = Nothing waits to be agreed to.
agree-asked = Proposal { $nomor } for { $orang } people, { $warga }. This is the text:
button-agree = Agree and send
button-refuse = Refuse
button-alone = Send without a second official
agree-done = Agreed. It goes out now.
agree-refused = Refused. Nothing was sent.
agree-decided = This proposal was decided already.
agree-own = Another official has to agree to what you proposed.
agree-early = Not alone yet. Wait { $menit } more minutes, or ask another official.
agree-gone = Whoever proposed it is no official any more. It is withdrawn; nothing was sent.
agree-over = The service is back. The proposal is withdrawn; nothing was sent.
agree-told-agreed = Proposal { $nomor } was agreed to and goes out now.
agree-told-refused = Proposal { $nomor } was refused. Nothing was sent.

suspending-home = Services that stop. Stopped now:
suspending-none = No service is stopped.
suspending-standing = Number { $nomor }: { $henti }, { $warga }, because of { $sebab }, since { $mulai }. { $pulih }
button-new-stop = Something stopped
button-back-number = Back { $nomor }
button-move-number = Other end { $nomor }
suspending-services = Which services stopped? Press to choose, then Next.
suspending-cause = Why?
suspending-since = Since when?
button-since-now = Right now
button-since = At { $pukul }
suspending-until = When are they back, about? Press a button, or type a date, as in 29/12.
button-until-unknown = Not known
suspending-new-confirm = Stopped since { $sejak }. Answers to residents change at once.
suspending-short = Shorter than a working day: nobody is written to, only the answers change.
button-stop-now = Declare it stopped
suspending-done = Noted. Answers to residents have changed.
suspending-done-told = Noted, and answers to residents have changed. { $orang } people are told.
suspending-back = Which services are back? Press to change, then Next.
suspending-back-confirm = Suspension { $nomor }, back: { $henti }.
button-back-now = Declare it back
suspending-back-done = Suspension { $nomor }: noted as back.
suspending-moved-done = Suspension { $nomor }: the expected end was moved.
suspending-changed = This suspension changed or is over. Nothing was changed.
suspending-move = Expected back when? Press a day: whoever was told of the stop is told at once.
telling-will-hear = { $orang } people are told.
