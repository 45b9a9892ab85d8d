### What officials read in the chat: counts and pickup numbers, never a name or a NIK.

official-menu =
    Officials' menu. Please choose.
button-to-menu = Officials' menu
deed-in = A box came
deed-call = Call people
deed-hand = Hand over
deed-reach = Who was reached
deed-help = Help a resident
deed-tell = Announcement
deed-week = Friday card
deed-ask = Invite an official
deed-agree = To be agreed to
deed-agree-waiting = To be agreed to ({ $n })
deed-stop = Service stops
deed-list = Take in a list
deed-figures = Figures
button-page-before = ◀ Back
button-page-after = More ▶
which-point = Which place?
point-work = { $tempat }: { $menunggu } wait, { $kiriman } boxes
