### Calls of villages to a pickup day.

notice-called =
    { $kartu } READY FOR PICKUP
    { $nomor }

    Day: { $hari }
    Hours: { $jam }
    Place: { $tempat }
    Bring: receipt (resi) or original suket, and KK

    Anyone on that KK may come. Cannot come? We keep it: press Another Day.

    { -genuine }

notice-called-sms = { $k }: { $kartu } ready { $hari }, { $jam }, at { $p }. { $nomor } Bring receipt & KK. FREE/GRATIS

notice-pickup-moved-call =
    THE PICKUP DAY OF { $kartu } HAS CHANGED
    { $nomor }

    We are sorry: what we told you does not hold any more. Now it is:

    Day: { $hari }
    Hours: { $jam }
    Place: { $tempat }
    Bring: receipt (resi) or original suket, and KK

    { -genuine }

notice-pickup-moved-call-sms = { $k }: sorry, pickup of { $kartu } was moved to { $hari }, { $jam }, { $p }. { $nomor } FREE/GRATIS

visit-called = KTP-el ready for pickup, called for a day
