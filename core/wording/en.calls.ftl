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

notice-pickup-moved-off =
    PICKUP OF { $kartu } IS CALLED OFF
    { $nomor }

    We are sorry: the day that we told you will not take place. Your card stays safe with us.

    Please do not come yet: we write again as soon as there is a new day.

    { -genuine }

notice-pickup-moved-off-sms = { $k }: sorry, pickup of { $kartu } was called off. The card is safe; please wait for news of a new day. { $nomor } FREE/GRATIS
