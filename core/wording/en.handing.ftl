### What officials read when a box comes and when they hand cards over: pickup numbers, never a name or a NIK.

## A box came

in-none = No box is on its way to your region.
in-which-box = Which box came to { $tempat }?
in-box-button = Box { $kotak }: { $jumlah } cards, sent { $tanggal }
in-box =
    BOX { $kotak }
    For { $tempat }
    { $jumlah } cards, numbers { $nomor }
    Sent { $tanggal }
    { $lewat }

    Please compare it with the list inside.
    Complete? Press All came.
    Something missing? Type the numbers that came, as in: 1-60
    or those that did not: all except 12, 40
in-passed = Came by the district { $tanggal }
button-in-all = All came
button-in-passed = Only at the district yet
in-preview =
    TO BE NOTED: BOX { $kotak }
    Came: { $datang } cards
    Missing: { $kurang }

    Right? Press Note it. Wrong? Type the numbers again.
in-missing = { $jumlah } cards, numbers { $nomor }
in-missing-none = nothing
button-in-note = Note it
in-noted =
    NOTED: BOX { $kotak }
    { $datang } cards are ready at { $tempat }.
    { $kurang }
    { $lain }

    Residents were not told yet. Go on with Call people.
in-noted-missing = Missing: { $jumlah } cards, numbers { $nomor }. The office was told.
in-elsewhere = { $jumlah } cards were seen to since they were sent.
in-before = Box { $kotak } was noted { $tanggal } at { $jam } already. Nothing changed.
in-passed-done = Noted: box { $kotak } came by the district and goes on to { $tempat }.
in-strange = Not noted. Number { $nomor } is not in this box. Please look and type it again.
in-changed = Not noted: what is in this box changed just now. Please look again.
in-no-way = Not noted. For a box type the numbers alone, without another word.
in-example = all except 12, 40

## Words that were not understood

list-mistakes =
    Not noted.
    { $salah }

    Example: { $contoh }
list-unknown = We do not understand the word "{ $kata }".
list-no-number = "{ $kata }" is no pickup number. They go from 1 to 999.
list-backwards = "{ $kata }" is backwards. Write the smaller one first.
list-no-range = "{ $kata }" is not complete. Write both ends, as in 1-60.
list-two-ways = "{ $kata }" is the second way. Please send two messages.
list-of-rt = "{ $kata }": the number of the RT is not needed. Write: 147 titip RT
list-not-with-all = "{ $kata }" does not fit the rest. Write: all except 12, 40
list-nothing = There is no pickup number in this message.
list-long = This message is too long.

## Hand-over

hand-none = No card waits in your region.
hand-open =
    HAND-OVER at { $tempat }
    { $menunggu } cards wait.

    Type pickup numbers, as many as you need:
    147
    147 148 family
    1-20

    Other words: diantar, titip RT, moved, died.
    A mistake? Type: undo 147
hand-example = 147 148 family
hand-no-all = Not noted. For hand-over type the numbers, as in 1-20; the word "all" is not used.
hand-done = ✓ { $nomor }: { $cara }
hand-done-many = ✓ { $jumlah } cards: { $cara }. Numbers { $nomor }
hand-already = Noted before: { $nomor }
hand-on-way = Still on its way, press A box came first: { $nomor }
hand-unknown = Not here: { $nomor }
hand-confirm =
    { $jumlah } cards: { $nomor }
    { $cara }

    Note it now?
hand-confirm-close =
    { $nomor }: { $cara }

    The card is closed, and nobody is told. Note it now?
button-hand-note = Yes, note it
button-undo = Undo
button-hand-end = Done
button-hand-record = Today's record
hand-back = Taken back, waiting again: { $nomor }
hand-new-number = Number { $lama } is somebody else's by now; the new one is { $baru }.
hand-gone = Taken back or changed before: { $nomor }
hand-late = More than 10 minutes ago, please call the office: { $nomor }
hand-never = No hand-over to take back: { $nomor }
press-undo-late = More than 10 minutes ago. Please call the office.
press-undo-gone = It was taken back before.
press-noted = It was noted.
press-record-none = Nothing was handed over today yet.
hand-end =
    HAND-OVER DONE
    { $tempat }, { $jumlah } cards today.
    { $rincian }
hand-way-count = { $jumlah } { $cara }
hand-record-caption = Record of hand-over { $tempat }, { $tanggal }. Please print and sign it.
hand-idle = { $nomor } is not noted: the hand-over was closed. Open it again at { $tempat } and note it?
button-hand-again = Yes, open and note
taken-self = taken by its holder
taken-family = taken by family
taken-brought-home = brought home
taken-left-with-rt = left with the RT
taken-moved = closed: moved
taken-died = closed: died
taken-withdrawn = closed: withdrawn
taken-unsaid = not said how

## The record of hand-over, on paper

record-title = RECORD OF HAND-OVER OF ID CARDS
record-place = Place: { $tempat }
record-day = Day: { $tanggal }
record-number = Number
record-time = Time
record-way = How
record-by = Official
record-official = official { $nomor }
record-office = office
record-count = { $jumlah } cards in all:
record-words = On this day the cards with the numbers above were handed to those entitled to them, or closed, as noted. Free of charge.
record-gave = Handed over by
record-knew = Seen by
record-empty = Nothing was handed over on this day.
record-page = Page

## Operators

operators-box-missing = BOX { $kotak } to { $tempat } arrived, but { $jumlah } cards are not in it: numbers { $nomor }. Please look for them; see also: kabar desk
