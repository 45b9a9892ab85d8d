### Lists that an office official sends in the chat: counts and reasons, never what stands in a row.

list-home =
    Send the file here: XLSX, XLS, ODS, CSV, or a web page of SIAK, 20 MB at most. What it lists is told by its headings:

    - export of cards: NIK, NAMA, DESA, STATUS
    - arrivals: cards that came to their pickup place
    - hand-overs: cards that were collected
    - letters: suket and biodata
    - blanks: received, spoiled, used

    You are shown first what would change; nothing does until you press. The file holds NIKs, so we delete it from the chat as soon as it is read.

    An empty one: press its kind.
list-kind-cards = Export of cards
list-kind-arrivals = Arrivals
list-kind-handovers = Hand-overs
list-kind-letters = Letters
list-kind-blanks = Blanks
list-template-caption = An empty list: { $jenis }. Fill the sheet Data, then send it here.

list-being-read = The file is here and is being read. Nothing was changed yet. It holds NIKs, so we delete it from this chat as soon as it is read.
list-too-large = That file is larger than 20 MB, which is Telegram's limit. Save it as XLSX without pictures, or cut it into several. The operator can also import it on the office's computer.
list-which-kind = What does it list? Its columns fit more than one kind, or do not say.

list-plan =
    { $jenis }: as read
    { $data }

    { $cacah }
    { $tolak }

    { $kabar }

    Nothing was changed yet. Take it in?
list-plan-nothing =
    { $jenis }: no row can be taken, so nothing was changed.

    { $tolak }

    Correct the file, then send it again.
list-done =
    { $jenis }: taken in.

    { $cacah }
    { $tolak }

    { $kabar }
list-data = Data per { $tanggal }.
list-data-assumed = Its title names no day, so it is taken for today's, { $tanggal }. If it is older, do NOT take it in: write PER and its day above the table, then send it again.

list-does-new = New to us: { $n }
list-does-reissued = A new card of somebody known: { $n }
list-does-moved = Moved to another step: { $n }
list-does-noted = Status noted, same step: { $n }
list-does-corrected = Other details corrected: { $n }
list-does-unchanged = As we have it: { $n }
list-does-older = Older than what we have: { $n }
list-does-taken = Done: { $n }
list-does-over = Over before: { $n }
list-does-refused-meanwhile = Changed while it was read, not taken: { $n }
list-refused = Refused rows: { $n }. Their numbers and the reasons are in baris-ditolak.csv.
list-refused-sort = { $n } rows, { $kolom }: { $alasan }
list-whole-row = the row

list-tells = To be told: { $n } people, { $telegram } by Telegram and { $sms } by SMS. Not reached: { $tanpa }.
list-told = Told: { $n } people, { $telegram } by Telegram and { $sms } by SMS. Not reached: { $tanpa }.
list-sms-cost = The SMS cost about { $biaya }.
list-tells-nobody = Nobody would be told.
list-told-nobody = Nobody is told.
list-quiet = Nobody is told of it, as you chose.

button-list-take = Take it in
button-list-quiet = Take it in, tell nobody
button-list-drop = Do not
list-taking = Taking it in: { $n } of { $dari } rows. You may leave; the result is sent here.
list-taken = Taken in; the result is below.
list-dropped = That list was not taken in, and is deleted. Nothing was changed.
list-over = This list was decided on, or is old. If it is needed, send the file again.
list-expired = Nobody decided for a day on the list that you sent, so we deleted it. Nothing was changed; if it is still needed, send it again.
list-refused-caption = The refused rows: number, column and reason. Correct them in your file, then send it again.

list-unreadable = That file cannot be taken in: { $sebab }. We deleted it.
list-stopped = Taking it in stopped: { $sebab }. What was taken stays; other rows were not changed.
list-fault-damaged = it is damaged or not whole; save it as XLSX again, then send that
list-fault-locked = it has a password; save it without one, then send that
list-fault-columns = a column that must be there was not found; do it like the empty list in Take in a list
list-fault-sheets = there are lists on more than one sheet, or on a hidden one; leave one sheet only
list-fault-empty = it is empty; export or fill it first
list-fault-format = it is no spreadsheet or text that we know; save it as XLSX, then send that
list-fault-huge = it spreads over far more cells than any list has; copy the table alone into a new workbook
list-fault-foreign = it looks like another regency's list
list-fault-future = the day in its title is still to come; correct it
list-fault-gone = Telegram does not keep it any more; send it again
list-fault-changed = it is not what was shown any more; send it again
list-fault-disk = the office's disk is full or broken; tell the operator
list-fault-memory = the office's computer has too little memory; try later, or cut the file
list-fault-unknown = something that we did not expect; the operator can try it with kabar import

list-why-nik-length = the NIK has not 16 digits
list-why-nik-lost = the last digit of the NIK is lost, because the column held numbers; make it text and fill it in again
list-why-nik-wrong = the digits of the NIK make no sense; compare them with the family card
list-why-empty = it must be filled, and is empty
list-why-village = no such village or district here, or several; write the village's code
list-why-date = the date cannot be read; write it like 05/01/2017
list-why-future = the day is still to come
list-why-shape = its cells or quotation marks do not fit the headings
list-why-card = no card is known by what this row says
list-why-which = nothing says which card
list-why-code = the code cannot be read, or is unknown
list-why-number = the number cannot be used
list-why-word = this word is not known in that column
list-why-letter-number = another person's letter has this number
list-why-letters-stopped = letters are suspended
list-why-stock = there are too few blanks for this row
list-why-other = a rule does not let it be taken; ask the operator

button-figures-stages = Chart of steps
button-figures-output = Chart of prints
button-figures-waiting = Chart of the queue
button-figures-now = Table of now
button-figures-day = Table of today
figures-coming = It is being made, and comes here in a moment.
