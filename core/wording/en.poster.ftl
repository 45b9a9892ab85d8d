### The poster in the village hall: large words, few of them, nothing that a swindler could use.

poster-title = How far is my KTP-el?
poster-for-desa = Desa { $nama }, Kecamatan { $kecamatan }
poster-for-kelurahan = Kelurahan { $nama }, Kecamatan { $kecamatan }
poster-for-desa-adat = Desa Adat { $nama }, Kecamatan { $kecamatan }
poster-for-district = Kecamatan { $kecamatan }
poster-for-office = { $wilayah }
poster-ask = Ask on Telegram
poster-ask-scan = 1. Scan this picture with your phone's camera, or look for @{ $bot } on Telegram.
poster-ask-nik = 2. Press Start, then type your NIK (16 digits, on the KK).
poster-ask-told = 3. Press Tell Me: we send word, you only have to wait.
poster-register = No Telegram?
poster-register-how = Register your phone number at the village office. Bring the KK. Word comes by SMS.
poster-genuine = A genuine message from us
poster-genuine-link = holds NO link
poster-genuine-nik = does NOT ask for a NIK, a password or money
poster-genuine-receipt = names the last three characters of your receipt's code
poster-genuine-doubt = In doubt? Do not answer. Ask at the village office or at Dispendukcapil.
poster-pickup = Where the KTP-el is collected
poster-pickup-villages = At each village's own office
poster-pickup-said = At the place that our message names
poster-bring = Bring the receipt or the original suket, and the KK. Family on the same KK may come instead.
poster-hours = Open { $jam_kantor }
poster-free = FREE (GRATIS), without a middleman
