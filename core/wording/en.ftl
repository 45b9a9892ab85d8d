# Every sentence that residents read, in English: for those who chose it with /language. Indonesian (id.ftl) comes
# first; a text here says what its namesake there says, with the same variables.
#
# What stands on paper or on a door keeps its Indonesian name: KTP-el, suket, KK, Kantor Kecamatan, GRATIS.
# A line whose variables are all empty goes as a whole; an empty variable inside a sentence takes one space before it
# along. A text whose name ends in -sms uses GSM-7 characters only.

## Dates. The days of the week are short, because only SMS use them; dates are day/month, as in Indonesia.

months = January February March April May June July August September October November December
weekdays = Mon Tue Wed Thu Fri Sat Sun

## Places, by the name on their door

place-desa = Balai Desa { $nama } Kec. { $kecamatan }
place-desa-short = Balai Desa { $nama }
place-desa-yours = your village hall
place-kelurahan = Kantor Kelurahan { $nama } Kec. { $kecamatan }
place-kelurahan-abbreviated = Kantor Kel. { $nama } Kec. { $kecamatan }
place-kelurahan-short = Kantor Kel. { $nama }
place-kelurahan-yours = your kelurahan office
place-desa-adat = Balai Desa Adat { $nama } Kec. { $kecamatan }
place-desa-adat-short = Balai Desa Adat { $nama }
place-desa-adat-yours = your village hall
place-district = Kantor Kecamatan { $kecamatan }
place-district-yours = your district office
place-office = Kantor Dukcapil { $wilayah }
place-office-yours = the Dukcapil office
place-unknown = the pickup place

general-place-office = the Dukcapil office
general-place-district = the district office (kantor kecamatan)
general-place-village = the village office (kantor desa/kelurahan) of the registered address

# Where to report, at most 14 characters.
report-to-desa = village office
report-to-kelurahan = kantor lurah
report-to-desa-adat = village office
report-to-office = our office

## Services that can stop, and why

service-centre = sending data to the centre
service-recording = recording
service-printing = printing
service-letters = suket
service-pickup = pickup
service-centre-sms = sending data
service-all-sms = all services

cause-server = a server failure
cause-power = a power failure
cause-network = a network failure
cause-blanks = a lack of blank cards
cause-centre = a central server failure
# At most 16 characters.
cause-server-sms = server failure
cause-power-sms = power failure
cause-network-sms = network failure
cause-blanks-sms = no blank cards
cause-centre-sms = central server

## Parts that many texts share

-free = FREE OF CHARGE (GRATIS)
-this-is-free = This is { -free }.
-genuine = { -free }, no middlemen. We never ask for data or money, never send links. In doubt? Ask at the village or kelurahan office.
-no-fast-lane = All services are { -free }; there is no paid fast lane.

data-as-of = Data as of { $data }. { -this-is-free }
data-as-of-unknown = { -this-is-free }

recovery-expected = Expected back: { $pulih }.
recovery-unknown = Nobody knows yet when it will be back.

letter-SUKET = Letter in place of the KTP-el (suket)
letter-BIODATA_WNI = Biodata WNI
letter-SUKET-short = A suket
letter-BIODATA_WNI-short = A Biodata WNI
letters-one-sms = suket for the KTP-el
letters-many = { $n } suket for the KTP-el

## Answers to a NIK: one text per stage

invitation = Want to be told automatically? Press Notify Me.

suspended-centre = Since { $mulai } no data is sent to the centre because of { $sebab }. { $pulih } You keep your place in the queue.
suspended-recording = Recording has stopped ({ $sebab }). { $pulih } Please come after that.
suspended-printing = Since { $mulai } printing has stopped because of { $sebab }. { $pulih } You keep your place in the queue.
suspended-letters = Since { $mulai } no suket can be made; please do not come for one yet.
suspended-pickup = Since { $mulai } pickup has stopped because of { $sebab }. { $pulih } Please do not come yet; we keep the KTP-el.

running-centre = The centre decides how long it takes, from days to months, so we cannot promise a date.
running-printing = How long you wait for the print depends on the number of blank cards, so we cannot promise a date. Places in the queue are not for sale; if anyone asks for money, please tell our office.
running-letters = If you need proof of identity meanwhile, the counter staff can help.
running-pickup = The KTP-el can be picked up during office hours.

# The print queue, once there is a record of prints; the estimate takes the place of running-printing.
queue-position = Queue: about { $posisi } KTP-el before yours.
queue-next = Queue: yours is the next to be printed.
queue-too-young = A KTP-el is printed from the age of 17 on, or after marriage. Married? Please tell the staff.
queue-estimate = Estimate: { $jarak } more, by prints of the last { $hari_cetak } working days. No promise: blank cards are limited. { $prioritas } Places in the queue are not for sale.
queue-priority = First in line: { $siapa }.
queue-blanks = The { $keping } blank cards available do not reach your place yet, so we cannot give an estimate. Places in the queue are not for sale; if anyone asks for money, please report it.
line-recorded-before = old recordings
line-urgent = urgent
line-first-timer = first cards
line-elderly-first-timer = the elderly
line-ordinary = all others
line-replacement = replacements
wait-range = { $dari } to { $ke } { $satuan }
wait-about = about { $dari } { $satuan }
wait-at-least = at least { $dari } { $satuan }
wait-days = working days
wait-days-one = working day
wait-weeks = weeks
wait-weeks-one = week
wait-months = months
wait-months-one = month

answer-letter-ready = { $surat } is ready at the Dukcapil office; bring the receipt (resi) and KK.

answer-recorded =
    Step 1 of 6: RECORDED
    Since { $sejak }

    We have your data; it waits to be sent to the central server.

    { $pusat }

    What to do: wait for news. No need to come, or to record again. Please keep the receipt (resi) safe.

    { $suket }

    { $ajakan }

    { data-as-of }

answer-at-centre =
    Step 2 of 6: BEING CHECKED AT THE CENTRE
    Since { $sejak }

    Your data is being checked on the central server of the Ministry of Home Affairs.

    { $pusat }

    What to do: wait for news. No need to come, or to record again. { $suket }

    { $ajakan }

    { data-as-of }

answer-print-ready =
    Step 3 of 6: READY TO PRINT
    Since { $sejak }

    Your data passed the check at the centre.
    { $antrean }
    { $cetak }

    What to do: wait for news, no need to come yet.

    { $suket }

    { $ajakan }

    { data-as-of }

answer-printed =
    Step 4 of 6: PRINTED
    Since { $sejak }

    Your KTP-el is printed and will be sent to { $tempat }.

    What to do: wait for news. Please do not come yet, because the KTP-el is not at the pickup place.

    { $surat }

    { $ajakan }

    { data-as-of }

answer-shipped =
    Step 5 of 6: ON ITS WAY
    Since { $sejak }

    Your KTP-el is printed and on its way to { $tempat }.

    What to do: wait for news. Please do not come yet, because the KTP-el may not have arrived.

    { $surat }

    { $ajakan }

    { data-as-of }

answer-ready =
    Step 6 of 6: READY FOR PICKUP
    Since { $sejak }

    Good news: the KTP-el is at { $tempat }.

    Bring: receipt (resi) or original suket, and KK.
    Anyone on the same KK may pick it up.

    { $ambil }
    { $tutup }

    The place's name, and the pickup number if there is one, are only for the holder of the receipt: press Notify Me.

    { data-as-of }

answer-ready-proven =
    Step 6 of 6: READY FOR PICKUP
    Since { $sejak }

    Good news: the KTP-el can be picked up.
    { $nomor }

    Place: { $tempat }
    { $panggil }
    Hours: { $jam_kantor }
    Bring: receipt (resi) or original suket, and KK

    { $ambil }
    { $tutup }

    Anyone on the same KK may pick it up.

    { data-as-of }

answer-handed-over =
    KTP-el HANDED OVER
    Since { $sejak }

    By our records this KTP-el was handed to its owner or the family.

    What to do: nothing. If you have not received it, please come soon to { $kantor }, { $jam_kantor }, with receipt (resi) and KK.

    { data-as-of }

answer-needs-officer-plain =
    AN OFFICER HAS TO HELP
    Since { $sejak }

    An officer has to look at something before the KTP-el can be printed. This can be settled.

    Please do NOT record again before seeing an officer.

    What to do: the owner of the data should come in person to { $kantor }, { $jam_kantor }. Bring the original KK, receipt (resi) or suket.
    { $tutup }

    { $surat }

    { data-as-of }

answer-needs-officer-duplicate =
    AN OFFICER HAS TO HELP (code DUP)
    Since { $sejak }

    The centre found more than one recording of this data, for example from two places, so the KTP-el cannot be printed yet. This can be settled.

    Please do NOT record again: it would only take longer.

    What to do: come in person to { $kantor }, { $jam_kantor }. Bring the original KK, receipt (resi) or suket, and say the code DUP.
    { $tutup }

    { $surat }

    { data-as-of }

answer-needs-officer-biometrics =
    AN OFFICER HAS TO HELP (code EFAC)
    Since { $sejak }

    The centre could not read photo, fingerprints or eyes. Recording again usually helps.

    What to do: come in person to { $kantor }, { $jam_kantor }. Bring the original KK, receipt (resi) or suket, and say the code EFAC.
    { $tutup }

    { $rekam }

    { $surat }

    { data-as-of }

answer-needs-officer-overdue =
    AN OFFICER HAS TO HELP (code SFE)
    Since { $sejak }

    The centre has not answered about your data for a long time. Maybe it knows this NIK from an earlier recording. This can be settled.

    Please do NOT record again before seeing an officer.

    What to do: come in person to { $kantor }, { $jam_kantor }. Bring the original KK, receipt (resi) or suket, and say the code SFE.
    { $tutup }

    { $surat }

    { data-as-of }

answer-needs-officer-search =
    AN OFFICER HAS TO HELP (code SEARCH FAILURE)
    Since { $sejak }

    The centre could not match this data, so the KTP-el cannot be printed yet. This can be settled.

    Please do NOT record again before seeing an officer.

    What to do: come in person to { $kantor }, { $jam_kantor }. Bring the original KK, receipt (resi) or suket, and say the code SEARCH FAILURE.
    { $tutup }

    { $surat }

    { data-as-of }

answer-needs-officer-adjudicate =
    AN OFFICER HAS TO HELP (code ADJUDICATE)
    Since { $sejak }

    This recording resembles another person's, so it has to be checked. This is no accusation, and it can be settled.

    Please do NOT record again before seeing an officer.

    What to do: come in person to { $kantor }, { $jam_kantor }. Bring the original KK, receipt (resi) or suket, and say the code ADJUDICATE.
    { $tutup }

    { $surat }

    { data-as-of }

answer-needs-officer-validation =
    AN OFFICER HAS TO HELP (code REQUEST VALIDATION)
    Since { $sejak }

    The centre wants an officer to confirm this data first, so the KTP-el cannot be printed yet. This can be settled.

    Please do NOT record again before seeing an officer.

    What to do: come in person to { $kantor }, { $jam_kantor }. Bring the original KK, receipt (resi) or suket, and say the code REQUEST VALIDATION.
    { $tutup }

    { $surat }

    { data-as-of }

answer-needs-officer-unknown =
    AN OFFICER HAS TO HELP
    Since { $sejak }

    We do not know yet what the centre says about this data, so an officer has to look at it. This can be settled.

    Please do NOT record again before seeing an officer.

    What to do: come in person to { $kantor }, { $jam_kantor }. Bring the original KK, receipt (resi) or suket.
    { $tutup }

    { $surat }

    { data-as-of }

answer-not-found =
    We did not find that NIK in the waiting list for a KTP-el of { $wilayah }. This does not mean that anything is wrong with your data.

    It may be that:
    - a digit was mistyped;
    - the KK's number was typed, not the NIK;
    - you were recorded in another kabupaten/kota;
    - we do not have the recording yet;
    - the KTP-el was handed over already.

    Please compare with the NIK on the KK. If it is right, ask at the counter ({ $jam_kantor }) and bring the KK.

    { $penutup }

## Questions that cannot be answered yet

answer-malformed =
    Sorry, we cannot read that as a NIK: { $salah }.

    A NIK has 16 digits and stands on the KK in the column NIK; it is not the KK's number at the top. Spaces, dots and dashes do not matter.

    Please try again.

    For your safety, please do not send photos of a KTP or KK. { -this-is-free }

nik-fault-length = it has { $angka } digits and should have 16
nik-fault-characters = there are letters or signs between the digits (the letter O is not the digit 0)
nik-fault-scientific = a spreadsheet has shortened it; please type it again from the KK
nik-fault-month = digits 9 and 10 are not a month (01 to 12)
nik-fault-day = digits 7 and 8 are not a day (01 to 31, or 41 to 71 for women)
nik-fault-date = digits 7 to 12 are not a date in the calendar
nik-fault-serial = the last four digits cannot be 0000
nik-fault-family-card = it seems to be a KK's number

answer-several-niks =
    Sorry, we answer one NIK per message.

    Please send the first NIK now, and the next one after our answer. { -this-is-free }

answer-throttled =
    Please wait a while. To protect residents' data we limit how many NIK can be asked about from one account. You can ask again from { $tanya_lagi }.

    There is no need to ask again and again about a KTP-el that is registered here: as soon as something changes, we tell you.

    Do you help many residents? RT and village officials can ask { $kantor } for an official's access.

    If it is urgent, please come to the counter: { $jam_kantor }. { -this-is-free }

clock-tomorrow = { $jam } tomorrow

answer-receipt-needed =
    To protect residents' data, an answer about this NIK needs the code on the recording receipt (resi).

    What to do: type the code that stands on the receipt. This is so for everyone who asks and does not mean that anything is wrong.

    Receipt lost? Please ask at the counter of { $kantor }, { $jam_kantor }, and bring the KK.

    { -this-is-free }

answer-wrong-receipt =
    That NIK and receipt code do not belong together in our records. Please check both and try again.

    After five wrong tries it is closed for a day. Receipt lost? The counter staff can help, with the KK. { -this-is-free }

answer-locked =
    NIK and receipt code did not match five times. For safety, tries for that NIK are closed for a day.

    The QR code on a receipt from the counter and the button Share My Number still work. Or try again tomorrow, or ask at the counter of { $kantor }, { $jam_kantor }, and bring the KK. { -this-is-free }

answer-locked-here =
    Too many NIKs and receipt codes from this account did not match. For safety, tries from this account are closed for a day.

    The QR code on a receipt from the counter and the button Share My Number still work. Or try again tomorrow, or ask at the counter of { $kantor }, { $jam_kantor }, and bring the KK. { -this-is-free }

## Status codes typed alone

answer-status-code =
    What code { $kode } means: { $arti }

    Would you like to know where your KTP-el is now? Type the 16 digits of the NIK. { -this-is-free }

answer-status-code-unknown =
    Sorry, we do not know that code.

    The codes usually found on letters: PRR, SFE, DUP, EFAC, PRO, BC. Would you like to know where your KTP-el is? Type the 16 digits of the NIK, or ask about the code at the counter. { -this-is-free }

code-UNREGISTERED = you have not been recorded yet. Please come to a place of recording and bring the KK.
code-BIO_CAPTURED = photo, fingerprints and eyes were recorded; the data waits to be processed. Just wait.
code-PROCESSING = the recording is being processed before it is sent to the centre. Just wait.
code-SENT_FOR_ENROLLMENT = the data was sent to the centre and waits to be checked. After more than two months, please ask an officer, and do not record again.
code-RECEIVED_AT_CENTRAL = the data has arrived at the centre and is being checked. Just wait.
code-PRINT_READY_RECORD = the data passed the check at the centre and is ready to print. Just wait for its turn and for blank cards.
code-SENT_FOR_CARD_PRINTING = the data was sent to the printers. Just wait.
code-CARD_PRINTED = the KTP-el is printed. Please wait for news about pickup.
code-CARD_SHIPPED = the KTP-el is on its way to the pickup place. Please wait for news.
code-CARD_ISSUED = the KTP-el is on record as issued. If you have not received it, please ask at the counter.
code-ENROLL_FAILURE_AT_CENTRAL = photo, fingerprints or eye scan could not be read at the centre. Please see an officer; usually you have to record again.
code-ENROLL_FAILURE_AT_REGIONAL = photo, fingerprints or eye scan could not be read. Please see an officer; usually you have to record again.
code-SEARCH_FAILURE_AT_CENTRAL = the centre could not match the data. Please see an officer, and do not record again.
code-ADJUDICATE_RECORD = the recording resembles that of another person and an officer has to check it. Please see an officer, and do not record again.
code-ADJUDICATE_IN_PROCESS = the likeness to another person's recording is being checked. Please do not record again.
code-REQUEST_VALIDATION = an officer has to confirm the data. Please see an officer and bring the KK.
code-DUPLICATE_RECORD = there is more than one recording for the same person. Please see an officer, and do NOT record again.

## Conversation

button-check = Check KTP-el
button-help = Help
button-notify = Notify Me
button-stop = Stop Notifying Me
button-my-cards = My KTP-el
button-share-phone = Share My Number
button-agree = I agree
button-decline = No

welcome =
    Welcome to Kabar KTP of { $wilayah }.

    Type the 16 digits of a NIK to learn where the KTP-el is. Press Notify Me to be told automatically.

    What answers here is a machine, day and night. The staff of { $kantor } are at the counter: { $jam_kantor }.

    Please do not send photos of a KTP or KK. { -this-is-free }

help =
    What you can do here:
    - type the 16 digits of a NIK: where the KTP-el is;
    - type a code on a letter, such as PRR: what it means;
    - Notify Me: be told automatically (have the receipt, resi);
    - /kartu: the KTP-el we send news of here;
    - Stop Notifying Me or /berhenti;
    - /riwayat, /bawa, /jam: history, what to bring, hours;
    - /stok: blank cards;
    - /data, /hapus: your data;
    - /language: another language (bahasa).

    A machine answers here. Need a person? { $kantor }, { $jam_kantor }.

    Please do not send photos of a KTP or KK. { -this-is-free }

# The choice of a language: offered in all of them at once; the hint is for those whose Telegram speaks this one.
language-name = English
language-choose = Which language would you like in this conversation?
language-chosen = All right, from now on we use English here. To change it: /bahasa. { -this-is-free }
language-hint = In English: /language

ask-nik = Please type the 16 digits of the NIK, as on the KK in the column NIK.

ask-receipt =
    Please type the receipt code, as on the recording receipt (resi) of the KTP-el.

    Is the phone number of this account registered at our office? Then just press Share My Number.

ask-nik-for-receipt = Thank you, that looks like a receipt code. Please also type the 16 digits of the NIK, as on the KK in the column NIK.

# The QR code on a receipt from the counter, and a number that Telegram itself shares.
link-unknown =
    Sorry, that QR code or link is not valid. Perhaps the receipt was replaced by a newer one, or the KTP-el was handed over.

    Please send the NIK and the receipt code in one message, or ask at the counter of { $kantor }, { $jam_kantor }, and bring the KK. { -this-is-free }

link-locked =
    QR codes or links that we do not know were opened from this account five times. For safety, links from this account are closed for a day.

    You can still send the NIK and the receipt code in one message, or ask at the counter of { $kantor }, { $jam_kantor }, and bring the KK. { -this-is-free }

phone-proves-nothing =
    Thank you, but by that number we cannot be sure which KTP-el is meant. We do not keep the number.

    Please send the NIK and the receipt code in one message. Receipt lost? The counter staff can help, with the KK. { -this-is-free }

contact-of-another = Sorry, that is not the number of this account. To protect its owner we neither read nor keep somebody else's number. For your own: press Notify Me, then Share My Number. { -this-is-free }

## Several KTP-el on one account

my-cards =
    The KTP-el that we send news of to this account:

    { $daftar }

    Type a NIK for the full answer. { -this-is-free }

my-cards-none = We send no news of any KTP-el to this account yet. Would you like to be told? Press Notify Me. { -this-is-free }

# The stages are those of the history (story-…).
my-card = - receipt ending in { $resi }: { $tahap }, since { $sejak } (data as of { $data })
my-card-without-receipt = - { $tahap }, since { $sejak } (data as of { $data })

too-many-cards =
    We already send news of { $n } KTP-el to this account, the most for one account, so we did not add this one. You can ask at any time by typing the NIK.

    Do you help many people? RT heads and village staff can ask { $kantor } for access as an official. { -this-is-free }

## The receipt that the counter prints: no name, no NIK

slip-title = RESI KABAR KTP-el
slip-code = Receipt code
slip-scan = Scan with a phone's camera, then press Start in Telegram.
slip-bot = We on Telegram: @{ $bot }
slip-use = Without a camera: send the NIK and this receipt code to @{ $bot }.
slip-use-without-bot = Send the NIK and this receipt code to our office on Telegram. The staff write its name here:
slip-genuine = We never ask for data or money, and never send links. Our messages mention the last three signs of this code: { $akhir }
slip-bring = To pick up the KTP-el, bring this receipt or the original suket, and the KK.
slip-keep = Keep it safe. Take no photo of it, do not pass it on. Lost? Ask for a new one at the counter, with the KK; this one is then void.
slip-free = GRATIS, no middlemen
slip-made = Made on { $tanggal }

consent =
    Before we send you news, please give your consent.

    Kept: this Telegram account, for one KTP-el receipt.
    Used: only for news of the KTP-el, the suket and interrupted services. Not given to anyone else.
    Telegram's servers are abroad, so our messages hold no name and no NIK.
    Until: { $simpan } after the KTP-el is handed over.
    Stop at any time: /berhenti. To see or correct your data: /data.

    Under 18, please have a parent's or guardian's consent. Without consent we still answer questions. { -free }.

contact-kept = 30 days

consent-thanks = Thank you. As soon as something changes for that KTP-el, we write to this account. Stop at any time: /berhenti. { -this-is-free }

consent-declined = All right, we do not keep this account and will not write to you. You can still ask by typing a NIK. { -this-is-free }

button-outdated = This button was used already, or is old. If you still need it, please press Notify Me again.

# Buttons below a Telegram notice, and what pops up when they are pressed (at most 200 characters).
button-coming = I Will Come
button-other-day = Another Day
button-not-mine = Not Me
button-tell = Tell Us
button-moved = Has moved away
button-died = Has passed away
button-taken = Collected already
button-not-mine-indeed = Yes, not me
button-back = Back
button-chosen = ✓ { $tombol }

press-coming = Thank you, noted. Please bring the receipt (resi) or original suket, and the KK.
press-other-day = Thank you, noted.
press-moved = Thank you, noted. We will not remind you again.
press-died = Our condolences. It is noted, and we will not remind you again.
press-taken = Thank you, noted. We will not remind you again.
press-not-mine = Are you sure? We will no longer notify this account about that KTP-el.
press-not-yours = This account is no longer registered for that KTP-el. If you need it, please press Notify Me.

and-with-number = and with the pickup number

answer-other-day =
    Noted. We keep the KTP-el for you, so there is no hurry and no appointment is needed.

    Please come on any working day ({ $jam_kantor }), to the place { $nomor } in our message. Bring the receipt (resi) or original suket, and the KK. Anyone on the same KK may pick it up.

    Changed your mind? Press I Will Come below that message. { -this-is-free }

answer-not-mine =
    Thank you for telling us. We will no longer notify this account about that KTP-el, and our staff will look into it. We are sorry for the trouble.

    Pressed by mistake? Have the NIK and the receipt at hand and press Notify Me. { -this-is-free }

answer-moved =
    Noted: the owner of the KTP-el has moved away. An officer will look into it. Until then we keep the KTP-el, and we will not remind you again.

    Pressed by mistake? Press I Will Come below that message, or collect the KTP-el in office hours ({ $jam_kantor }). { -this-is-free }

answer-died =
    Our condolences. It is noted, and we will not remind you again. An officer will look into it.

    A death certificate can be had at the village office or at Dukcapil ({ $jam_kantor }). { -this-is-free }

answer-taken =
    Noted: the KTP-el was collected already. An officer will look into it, and we will not remind you again.

    Pressed by mistake? Press I Will Come below that message, or collect the KTP-el in office hours ({ $jam_kantor }). { -this-is-free }

answer-over =
    By our records that KTP-el was picked up already, or cannot be picked up now, so the buttons below that old message no longer count.

    Would you like to know where it is now? Type the 16 digits of the NIK. { -this-is-free }

stop-done = All right, we will not write to this account any more. Changed your mind? Press Notify Me. You can still ask by typing a NIK. { -this-is-free }

stop-nothing = This account is not registered for news, so there is nothing to stop. { -this-is-free }

group-refusal =
    Sorry, to protect residents' data we do not answer questions about KTP-el in groups.

    If there is a NIK or a photo of a KK/KTP in this conversation, please have its sender delete it at once.

    Please ask in a private chat: tap this bot's name, then press Start. { -this-is-free }

trial =
    Sorry, this service is still on trial and not open to the public.

    Please ask at the counter of { $kantor }, { $jam_kantor }.

    For the trial staff: the number of this account is { $akun }.

photo-received =
    Sorry, we do not read or keep photos. For your safety, please do not send photos of a KTP or KK, and please delete that photo from this conversation.

    Please type the 16 digits of the NIK. { -this-is-free }

media-not-understood = Sorry, we can only read text, no voice, video, stickers or files. Please type the 16 digits of the NIK. { -this-is-free }

not-understood = Sorry, we did not understand that message. Please type the 16 digits of the NIK, or press Help. { -this-is-free }

# Small talk without a NIK: is it ready, the cost, the suket, hello and thank you.
say-cost =
    { -free }. Recording, printing a KTP-el, a suket and this service cost nothing.

    Nobody may ask for money: no staff, no village official, no middleman. If anyone does, please tell { $kantor }, { $jam_kantor }.

say-suket =
    A suket is a letter in place of the KTP-el: proof of identity for the time until the KTP-el is there.

    { $suket }

    Counter of { $kantor }: { $jam_kantor }. Please bring the KK and the recording receipt (resi). A suket is { -free }.

say-thanks = You are welcome. If your KTP-el is registered for news, just wait: we will write to you. { -this-is-free }

say-greeting =
    Hello. This is Kabar KTP of { $wilayah }; a machine answers here.

    Type the 16 digits of a NIK to learn where the KTP-el is, press Notify Me to be told automatically, or Help for everything else. { -this-is-free }

too-long = Sorry, that message is too long for us to read. Please type only the 16 digits of the NIK. { -this-is-free }

edited = Sorry, we do not read changed messages again. Please send it as a new message. { -this-is-free }

forwarded = Sorry, we do not read forwarded messages, to protect the data of those who wrote them. Please type the 16 digits of the NIK. { -this-is-free }

apology = Sorry, our system has a problem and your question was not answered. Please try again later. { -this-is-free }

## What can be asked for: opening hours, what to bring, the story of a card, the data held, erasing it

button-history = History
button-bring = What to Bring
button-erase = Erase
button-keep = Cancel

# The list of commands in Telegram's menu, at most 256 characters each.
command-cek = Check a KTP-el by its NIK
command-kartu = The KTP-el we send news of here
command-riwayat = What happened to my KTP-el
command-bawa = What to bring
command-jam = Opening hours and address
command-stok = Blank cards, prints and the queue
command-kabari = Get news automatically
command-berhenti = Get no more news
command-data = What you hold about me
command-hapus = Erase my data from the office's records
command-bahasa = Change the language (bahasa)
command-bantuan = What can be done here

# Blank cards and prints, for everybody
stock-report =
    BLANK CARDS AND THE PRINT QUEUE

    { $stok }
    { $hasil }
    Waiting to be printed: { $menunggu } KTP-el.
    { $urgensi }

    { $henti_cetak }

    Places in the queue are not for sale; there is no fast lane. If anyone offers one, please tell our office.

    { data-as-of }

stock-blanks = Blank cards: { $keping }.
stock-blanks-planned = Blank cards: { $keping }, of which { $rencana } are for print plans already.
stock-blanks-unknown = The stock of blank cards is not noted here; please ask at the counter.
stock-unknown = The stock of blank cards and the prints are not noted here; please ask at the counter.
stock-printed = Printed on { $hari }: { $cetakan } KTP-el.
stock-urgent = Printed first because urgent: { $mendesak } of the { $semua } of the last 20 working days.

office-hours =
    OPENING HOURS
    { $kantor }

    { $jam_kantor } { $zona }
    { $alamat }

    { $sekarang }

office-hours-closing = A machine answers here, day and night. { -this-is-free }
office-address = Address: { $alamat }
open-now = Open now, until { $jam } { $zona }.
opens-today = Closed now; opens today at { $jam } { $zona }.
opens-tomorrow = Closed now; opens tomorrow, { $hari }, at { $jam } { $zona }.
opens-later = Closed now; opens again { $hari } at { $jam } { $zona }.
closed-on = Closed { $hari }: { $nama }.
closing-soon = The office is closed { $hari } ({ $nama }); it opens again { $lagi }.
collective-leave = collective leave, { $nama }

bring-heading = WHAT TO BRING
bring =
    To pick up a KTP-el: receipt (resi) or original suket, and the KK (family card). Anyone on the same KK may pick it up.
    To pick up a suket: the receipt and the KK.
    First recording: the KK. Come in person, from the age of 16.
    KTP-el lost: a police report of the loss, and the KK.
    KTP-el damaged, or your data changed: the old KTP-el and the KK.

    Please do not come before you are told that it is ready. { $kantor }, { $jam_kantor }.
    { $tutup }

    All of it is { -free }, no middlemen.

bring-for = { $resi }: { $apa }
bring-RECORDED = no need to come yet; please keep the receipt safe.
bring-AT_CENTRE = no need to come yet; please keep the receipt safe.
bring-PRINT_READY = no need to come yet; please keep the receipt safe.
bring-PRINTED = no need to come yet; we tell you when it can be picked up.
bring-SHIPPED = no need to come yet; we tell you when it can be picked up.
bring-READY_FOR_PICKUP = ready at { $tempat }; bring the receipt (resi) or original suket, and the KK.
bring-pickup-stopped = ready, but pickup has stopped; please do not come yet.
bring-HANDED_OVER = handed over already; nothing needs to be brought.
bring-NEEDS_OFFICER = the owner has to come in person; bring the original KK, receipt (resi) or suket.
bring-letter = { $surat } is ready at the Dukcapil office; bring the receipt and the KK.

story-heading =
    HISTORY OF YOUR KTP-el
    { $resi }

story-line = { $tanggal }: { $apa }
story-earlier = (and { $n } earlier entries)
story-needs-proof =
    The history is shown to whoever holds the receipt.

    Please press Notify Me, and have the NIK and the receipt code at hand. { -this-is-free }
story-choose = The history of which KTP-el? { -this-is-free }
story-card = Receipt ending in { $resi }
story-card-number = KTP-el no. { $nomor }

story-recorded = recording
story-RECORDED = recorded
story-AT_CENTRE = being checked at the centre
story-PRINT_READY = ready to print
story-PRINTED = printed
story-SHIPPED = on its way
story-READY_FOR_PICKUP = ready for pickup
story-HANDED_OVER = handed over
story-NEEDS_OFFICER = needs an officer
story-CLOSED = no longer handled here; please ask at the counter
story-letter-asked = { $surat } asked for
story-letter-ready = { $surat } ready for pickup
story-letter-issued = { $surat } issued
story-letter-collected = { $surat } collected
story-letter-extended = { $surat } extended until { $berlaku }
story-letter-voided = { $surat } no longer valid
story-stopped = { $layanan } stopped because of { $sebab }
story-resumed = { $layanan } running again
story-told-telegram = Telegram message sent ({ $tentang })
story-told-sms = SMS sent ({ $tentang })
told-printed = printed
told-ready = ready for pickup
told-reminder = not collected yet
told-ready-withdrawn = cannot be picked up yet after all
told-pickup-moved = another pickup day
told-called = called for a day
told-announcement = announcement of the service
told-letter-ready = suket ready
told-letter-expiring = suket about to expire
told-needs-officer = needs an officer
told-suspension-start = service stopped
told-suspension-moved = service not back yet
told-resumed = service running again
told-registered = registered for news

held-heading =
    WHAT WE HOLD
    The basis is Law 27/2022 on Personal Data Protection: the state of the KTP-el for our public task, this account with your consent.

held-questions =
    About questions from this account:
    - what messages say: until answered; one that we failed to answer, sealed, for at most { $hari_gagal } days;
    - messages with a NIK, a receipt, a photo, a video or a file: we also delete them from this chat after an hour;
    - NIKs asked for: only a scrambled code that nobody can read back, { $hari_tanya } days, to limit questions;
    - receipt codes: not kept; only scrambled codes of the NIK and of this account, { $hari_resi } days;
    - a conversation that is not finished: one hour;
    - the number of each message and a scrambled code of this account, without the message itself: { $hari_nomor } days.

    What was erased is still in sealed backups, for at most { $hari_cadangan } days.

    To correct: at { $kantor }, { $jam_kantor }, with KK and receipt; within 3 x 24 hours. To get no more news: /berhenti. To erase: /hapus. { -this-is-free }

held-none = This account is not registered for news; no data of a KTP-el is tied to it.
held-stopped = This account was registered once and gets no more news. Its number is still held, sealed, for at most { $simpan } after the KTP-el is handed over; /hapus erases it now.
held-more = (and { $n } more KTP-el: please ask at the counter)
held-messages = Our messages that reached this account: { $n }; what they said is kept, sealed, for { $hari_isi } days.
held-language = Language chosen: { language-name }.
held-card =
    { $resi }
    - at the office: { $isi }
    - this account: { $bukti }; agreed on { $tanggal } { $cara }, text { $naskah }
    - kept until { $sampai }
    - accounts told: { $akun }{ $terbukti }
    - looked at by the office: { $dilihat }
held-proven = ; proven { $n } times, last on { $tanggal }
held-items = NIK, name, village
held-born = date of birth
held-receipt = receipt code
held-phones = mobile number ending in { $akhiran }
held-letters = suket ({ $n }) and numbers
held-until-after = { $simpan } after the KTP-el is handed over
held-never-seen = never
held-seen = { $tanggal } ({ $apa })
held-seen-more = { $daftar }, and { $n } times before
held-shown-nik = NIK
held-shown-name = name
held-shown-phone = mobile number
held-proof-receipt = proven by NIK and receipt
held-proof-counter = proven at the counter
held-proof-link = proven by the code on the counter's receipt
held-proof-phone = proven by the mobile number
held-proof-other = proven to an officer
held-how-telegram = on Telegram
held-how-counter = at the counter
held-how-paper = on paper
held-how-other = to an officer

erase-ask =
    Erase this Telegram account from our office's records? Your Telegram account itself stays.

    Erased: this account's number at { $n } KTP-el, what messages said, the language, a conversation that is not finished. We write here no more; what still has to be said goes by SMS, if a mobile number is registered.

    What stays: the state of the KTP-el, because that is a public task; that there was an account, without its number; scrambled codes of NIKs asked about ({ $hari_tanya } days) and tries at a receipt ({ $hari_resi } days); numbers of messages ({ $hari_nomor } days); sealed backups (at most { $hari_cadangan } days).

    { -this-is-free }

erase-done =
    Erased from { $n } KTP-el. We also delete messages with a NIK from this chat shortly.

    A mobile number held at the office is not erased with it; for that please come to { $kantor }, { $jam_kantor }; within 3 x 24 hours. You can still ask for the state of a KTP-el by its NIK.

    Changed your mind? Press Notify Me. { -this-is-free }

erase-kept = Nothing was erased. { -this-is-free }

## Notices: we speak first. No link, no national number, always GRATIS.

cards-one = KTP-el
cards-many = { $n } KTP-el

# The line of numbers and receipts on Telegram.
number-and-receipt = Pickup number { $nomor } (receipt ends in { $resi })
number-with-receipt = { $nomor } (receipt { $resi })
numbers-only = Pickup number { $nomor }
receipts-only = Receipt ends in { $resi }
and-others = { $daftar }, and more

# Numbers and receipts in an SMS.
number-and-receipt-sms = Pickup no. { $nomor }/{ $resi }.
numbers-only-sms = Pickup no. { $nomor }.
receipts-only-sms = Receipt { $resi }.
receipt-aside-sms = (receipt { $resi })

notice-printed =
    Step 4 of 6: { $kartu } PRINTED
    { $resi }

    Your KTP-el is printed and will be sent to { $tempat }. Please do not come yet: we tell you as soon as it can be picked up.

    { -genuine }

notice-printed-sms = { $k }: { $kartu } { $resi } printed, to be sent to { $p }. Please do not come yet, we will tell you. FREE/GRATIS

notice-ready =
    { $kartu } READY FOR PICKUP
    { $nomor }

    Place: { $tempat }
    { $panggil }
    Hours: { $jam_kantor }
    Bring: receipt (resi) or original suket, and KK

    Anyone on that KK may come. Cannot come? We keep it: press Another Day.

    { -genuine }

notice-ready-sms = { $k }: { $kartu } ready at { $p }, office hours. { $nomor } Bring receipt & KK. FREE/GRATIS

notice-ready-day-sms = { $k }: { $kartu } ready { $kapan } at { $p }. { $nomor } Bring receipt & KK. FREE/GRATIS

pickup-day = Day: { $kapan }

notice-reminder =
    { $kartu } WAITING FOR YOU
    { $nomor }
    { $tunggu }

    Place: { $tempat }
    Hours: { $jam_kantor }
    Bring: the receipt (resi) or original suket, and the KK; anyone on that KK may come

    Ill? Ask the RT or village staff for help. The owner moved or passed away? Press Tell Us; we remind you no more.

    { -genuine }

waiting-days = Ready for { $lama } days

notice-reminder-sms = { $k }: { $kartu } { $resi } not collected yet at { $p }, office hours. Bring receipt & KK, family may come. FREE/GRATIS

notice-ready-withdrawn =
    { $kartu }: PICKUP NOT POSSIBLE YET
    { $resi }

    We are sorry: we told you that it was ready for pickup, but it is not yet. Please do not come yet: we tell you as soon as it can be picked up.

    { -genuine }

notice-ready-withdrawn-sms = { $k }: sorry, { $kartu } { $resi } cannot be picked up yet after all. Please do not come, we will tell you. FREE/GRATIS

notice-pickup-moved =
    { $kartu }: ANOTHER PICKUP DAY
    { $nomor }

    We are sorry: on the day that we told you, cards cannot be picked up. { $hari_baru }

    Place: { $tempat }
    Hours: { $jam_kantor }

    { -genuine }

new-day = The new day: { $hari }.
new-day-unknown = Please do not come yet: we will tell you the new day.

notice-pickup-moved-sms = { $k }: sorry, pickup of { $kartu } is put off. { $hari_baru } { $nomor } FREE/GRATIS

new-day-sms = New day: { $hari }.
new-day-unknown-sms = Please wait for our news.

notice-letter-ready =
    LETTER READY FOR PICKUP
    { $surat } is ready.
    { $resi }

    Place: { $tempat }
    Hours: { $jam_kantor }
    Bring: receipt (resi) and KK

    { $berlaku } Please keep it safe: you hand it in for the KTP-el. Your place in the print queue does not change.

    { -genuine }

letter-valid-until = The letter is valid until { $berlaku }.

notice-letter-ready-sms = { $k }: { $surat } { $resi } ready at { $p }, office hours. Bring receipt & KK. FREE/GRATIS

notice-letter-expiring =
    YOUR LETTER EXPIRES SOON
    { $surat } is valid until { $berlaku }. If you do not have the KTP-el by then, the letter can be extended.
    { $resi }

    Place: { $tempat }
    Hours: { $jam_kantor }
    Bring: the letter, receipt (resi) and KK

    Your place in the print queue does not change.

    { -genuine }

notice-letter-expiring-sms = { $k }: { $surat } { $resi } valid until { $t }. Can be extended at { $p }: bring letter, receipt, KK. FREE/GRATIS

notice-needs-officer =
    { $kartu }: AN OFFICER HAS TO HELP
    { $resi }

    An officer has to look at something before the KTP-el can be printed. This can be settled. Please do NOT record again before seeing an officer.

    The owner should come in person to { $kantor }, { $jam_kantor }. Bring the original KK, receipt (resi) or suket.

    { -genuine }

notice-needs-officer-sms = { $k }: { $kartu } { $resi } needs an officer. Owner please come to the Dukcapil office, bring receipt & KK, do not record again. FREE/GRATIS

notice-suspension-start =
    SERVICE INTERRUPTED
    Because of { $sebab }, since { $mulai }:

    Stopped for now: { $henti }.
    { $buka }
    { $pulih }

    No need to come for that service yet. Places in the queue do not change.

    We are sorry for the trouble. { -no-fast-lane }

    { $kantor }

still-open = Still open: { $buka }.
next-word-on = Expected to be back: { $pulih }. On that day we tell you more, whether it is back or not.
next-word-unknown = When it will be back is not known yet. As soon as we know, we tell you.

notice-suspension-start-sms = { $k }: KTP-el services stopped { $t }: { $henti } ({ $sebab }). { $buka } Please wait for news { $u }. FREE/GRATIS

still-open-sms = Open: { $buka }.
rest-open-sms = Others open.
our-word-sms = from us

notice-suspension-moved =
    NEWS OF THE INTERRUPTED SERVICE
    We are sorry, not running again yet: { $henti }, because of { $sebab }.

    { $pulih }
    { $buka }

    No need to come for a service that has stopped. Places in the queue do not change. Thank you for your patience.

    { -no-fast-lane }

    { $kantor }

new-end = Now expected: { $baru } { $semula }. On that day we tell you more.
new-end-unknown = When it will be back is not known yet { $semula }. As soon as we know, we tell you.
was-expected = (was { $semula })

notice-suspension-moved-sms = { $k }: KTP-el services not back: { $henti }. { $pulih } { $semula }. Please do not come yet. FREE/GRATIS

new-end-sms = Expected { $u }
new-end-unknown-sms = End unknown

notice-resumed =
    SERVICE RUNNING AGAIN
    From { $mulai } these services run again: { $henti }.

    We work in the order in which people waited before. Please do not all come at once: when your KTP-el is ready, we tell you.

    Thank you for your patience. { -no-fast-lane }

    { $kantor }

notice-resumed-sms = { $k }: KTP-el services open again { $u }: { $henti }. The order stays. Please wait for pickup news. FREE/GRATIS

notice-registered =
    REGISTERED FOR NEWS
    { $resi }

    This Telegram account was registered for news of { $kartu }, the suket and interrupted services.

    Not you? Press Not Me, or tell the { $lapor }. Changed your mind? Type /berhenti.

    { -genuine }

notice-registered-sms = { $k }: this number gets news of a KTP-el. We never ask for data/money or send links. Not you? Tell the { $lapor }. FREE/GRATIS

## The list of people to visit: for village officials, on paper

visit-ready = KTP-el ready for pickup
visit-pickup-moved = Another pickup day for the KTP-el
visit-letter-ready = Suket (letter in place of the KTP-el) ready for pickup
visit-needs-officer = Must see an officer of Dukcapil

## The list on paper that travels with a box of cards, for the officials at the pickup point

box-list-title = LIST OF KTP-el IN BOX { $kotak }
box-list-place = Pickup point: { $tempat }
box-list-sent = Sent { $tanggal }, { $jumlah } cards
box-list-number = Number
box-list-name = Name
box-list-signature = Collected on, signature
box-list-page = Page
box-list-advice = Please compare the box with this list and report numbers that are not there. Hand over to the owner or a member of the same KK; the suket is handed back. This list has residents' names: do not photograph, post or share it. Pickup is FREE (GRATIS).

## For those who look after this service (KABAR_OPERATORS), not for residents

operators-week =
    KABAR KTP: THE WEEK
    { $kantor }

    { $impor }
    { $cadangan }
    { $ruang }
    { $sms }

    To look at:
    { $perlu }

    More: kabar doctor

operators-import = Last import: { $kapan }, data as of { $data }: { $baris } rows, { $pindah } cards changed stage.
operators-import-never = Last import: never.
operators-backup = Last backup: { $kapan }.
operators-backup-never = Last backup: NEVER. Please set KABAR_BACKUP_FOLDER.
operators-disk = Disk: { $mb } MB free.
operators-sms = SMS in the last 7 days: { $n } of at most { $batas }.
operators-moment = { $tanggal } at { $pukul }

operators-nothing = - nothing; all is well
operators-waiting = - { $n } notices still wait to be sent
operators-unreachable = - { $n } residents were not reached in the last 7 days
operators-in-doubt = - { $n } notices of the last 7 days may not have arrived
operators-set-aside = - { $n } messages from residents could not be handled
operators-desk = - { $n } things wait for the desk
operators-halted = - channels that stopped: { $saluran }
operators-overdue = - { $n } suspensions are past their expected end: number { $nomor }

operators-stopped =
    A CHANNEL STOPPED: { $saluran }
    The provider refuses our settings (code { $kode }). Notices are kept and wait; nothing is lost.

    { $petunjuk }
    It is tried every minute. See also: kabar doctor
operators-stopped-sms = { $k }: the { $saluran } bot stopped, residents get no answers. Notices wait. Please look at the server: kabar doctor
operators-goes-on = THE CHANNEL WORKS AGAIN: { $saluran }. What waited is being sent.

operators-not-mine = A recipient pressed Not Me below one of our notices, so that address was closed. Please look into it at the desk: number { $nomor } in kabar desk.

operators-promised =
    REMINDER OF A SUSPENSION
    Suspension { $nomor } ({ $henti }) was expected to end today, and residents were told to expect news today.

    Over? kabar resume { $nomor }
    Not yet? Please decide on a new date and tell residents.

## Figures: a paragraph for journalists, the message /angka for officials, and charts

figures-sum = Data as of { $data }.
figures-in-district = in Kecamatan { $kecamatan }
figures-in-village = in { $nama }, Kecamatan { $kecamatan }
figures-waiting = In { $wilayah }, { $n } residents were recorded and still wait for their KTP-el.
figures-blanks = Since { $sejak } the office received { $masuk } blank cards and printed { $cetak } KTP-el.
figures-printed = Since { $sejak } the office printed { $cetak } KTP-el.
figures-pace = On a usual working day { $kurang } to { $lebih } KTP-el are printed.
figures-pace-even = On a usual working day { $lebih } KTP-el are printed.
figures-letters = Since { $sejak } { $n } letters in place of the KTP-el were issued.
figures-stopped = Since { $sejak } this service { $di } stands still: { $henti } ({ $sebab }).
figures-beyond = { $sisa } blank cards are left, so { $n } residents still must wait for the next blanks.
figures-beyond-all = No blank cards are left, so { $n } residents still must wait for the next blanks.

figures-today =
    FIGURES { $tanggal }
    { $kantor }

    { $cacah }

    { $henti }

    Data as of { $data }.
figures-line-waiting = Waiting for a KTP-el: { $n }
figures-line-queue = Of these ready to print: { $n }
figures-line-printed = Printed today: { $n }
figures-line-pace = Usual on a day: { $kurang } to { $lebih }
figures-line-stock = Blank cards: { $n }
figures-line-way = Printed, not handed over: { $n }
figures-line-unclaimed = Not collected for over 30 days: { $n }
figures-line-late = Boxes late: { $n }
figures-line-letters = Letters issued: { $n }
figures-line-stopped = STOPPED: { $henti } { $di } since { $sejak }, { $sebab }

stage-RECORDED = Recorded
stage-AT_CENTRE = At the centre
stage-NEEDS_OFFICER = Needs an officer
stage-PRINT_READY = Ready to print
stage-PRINTED = Printed
stage-SHIPPED = Shipped
stage-READY_FOR_PICKUP = Ready for pickup

chart-stages = KTP-el not handed over yet, by district
chart-output = KTP-el printed on each day
chart-waiting = Residents waiting for their KTP-el
chart-not-printed = waiting to be printed
chart-on-the-way = printed, not handed over
chart-printing-stopped = printing stopped
chart-centre-stopped = sending to the centre stopped
chart-cards = number of KTP-el
chart-elsewhere = Elsewhere
chart-source = { $kantor }. Data as of { $data }.
