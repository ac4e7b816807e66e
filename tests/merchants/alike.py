"""Two tables of names: pairs that an eye takes for one another, and pairs of honest businesses that are two.

HARD has pairs of real words that differ in nothing but such a trick: they raise a false alarm, and a letter to one is sent all the same.

Each look-alike was written for one trick: another script, a dressed letter, a digit, letters that run together, a sign or a space
more, a word that says "the real one". The honest ones are names that stand near each other in towns and lists.
"""

ALIKE: list[tuple[str, str]] = [
    # a digit for a letter
    ("Tokopedia", "T0kopedia"), ("Tokopedia", "Tok0pedia"), ("Tokopedia", "Tokoped1a"), ("Bukalapak", "Buka1apak"),
    ("Lazada", "1azada"), ("Blibli", "B1ibli"), ("Blibli", "Bl1bl1"), ("Shopee", "5hopee"), ("Indosat", "1ndosat"),
    ("Indomaret", "1ndomaret"), ("Alfamart", "A1famart"), ("Traveloka", "Trave1oka"), ("Traveloka", "Travel0ka"),
    ("Gojek", "G0jek"), ("Telkomsel", "Te1komsel"), ("Telkomsel", "Telk0msel"), ("Mandiri", "Mand1r1"), ("OVO", "0V0"),
    ("OVO", "0VO"), ("Smartfren", "5martfren"), ("Lion Air", "L1on Air"), ("Lion Air", "Li0n Air"), ("Astra Honda", "Astra H0nda"),
    ("Kredivo", "Kred1vo"), ("Akulaku", "Aku1aku"), ("XL Axiata", "X1 Axiata"), ("Biznet", "B1znet"), ("Ninja Xpress", "N1nja Xpress"),
    ("Toko Melati", "T0k0 Melati"), ("Toko Melati", "Toko Me1ati"),
    # capitals and l
    ("Tokopedia", "TokopedIa"), ("Tokopedia", "Tokopedla"), ("Blibli", "BIibIi"), ("Lazada", "Iazada"), ("Mandiri", "Mandlri"),
    ("Indosat", "lndosat"), ("Indomaret", "lndomaret"), ("Telkomsel", "TeIkomseI"), ("Alfamart", "AIfamart"), ("Bank Jago", "BANK JAG0"),
    ("Kredivo", "Kredlvo"), ("Halodoc", "HaIodoc"), ("Lion Air", "Llon Alr"), ("Sicepat", "Slcepat"), ("Citilink", "CitiIink"),
    ("Toko Melati", "Toko MeIati"), ("Toko Melati", "Toko Melatl"), ("Pegadaian", "Pegadalan"), ("Bank Mandiri", "Bank MandirI"),
    ("Garuda Indonesia", "Garuda lndonesia"),
    # letters of another script among Latin ones
    ("Tokopedia", "T\u043ekopedia"), ("Tokopedia", "Tok\u043epedia"), ("Tokopedia", "Tokop\u0435dia"), ("Tokopedia", "Tokopedi\u0430"),
    ("Tokopedia", "Toko\u0440edia"), ("Shopee", "Sh\u043epee"), ("Shopee", "Shop\u0435e"), ("Shopee", "\u0405hopee"),
    ("Lazada", "L\u0430zada"), ("Lazada", "Laz\u0430d\u0430"), ("Bukalapak", "Bukal\u0430pak"), ("Bukalapak", "\u0412ukalapak"),
    ("Gojek", "G\u043ejek"), ("Gojek", "Go\u0458ek"), ("Gojek", "Goj\u0435k"), ("Amazon", "\u0410mazon"), ("Amazon", "Am\u0430zon"),
    ("Mandiri", "\u041candiri"), ("Mandiri", "M\u0430ndiri"), ("Mandiri", "Mandir\u0456"), ("Telkomsel", "\u0422elkomsel"),
    ("Telkomsel", "Telkom\u0455el"), ("Halodoc", "\u041dalodoc"), ("Halodoc", "H\u0430lodoc"), ("Pegadaian", "\u0420egadaian"),
    ("Indosat", "\u0406ndosat"), ("Xendit", "\u0425endit"), ("Citilink", "\u0421itilink"), ("Citilink", "Citil\u0456nk"),
    ("Kredivo", "\u041aredivo"), ("Traveloka", "Tr\u0430veloka"), ("Traveloka", "Travel\u043eka"), ("Biznet", "\u0392iznet"),
    ("Biznet", "Bizn\u0435t"), ("Akulaku", "\u0391kulaku"), ("Zalora", "\u0396alora"), ("OVO", "\u041eVO"), ("OVO", "OV\u041e"),
    ("OVO", "\u039fV\u039f"), ("Toko Melati", "\u0422oko Melati"), ("Toko Melati", "Toko M\u0435lati"), ("Toko Melati", "Toko Melat\u0456"),
    ("Toko Melati", "Toko Mel\u03b1ti"), ("Toko Melati", "Tok\u03bf Melati"), ("Nokia", "\u039dokia"), ("Yamaha", "\u03a5amaha"),
    ("Honda", "\u0397onda"), ("Toyota", "To\u0443ota"), ("Oppo", "\u041e\u0440\u0440\u043e"), ("Erafone", "\u0395rafone"),
    # another script alone
    ("OPEC", "\u041e\u0420\u0415\u0421"), ("Coca", "\u0421\u043e\u0441\u0430"), ("BCA", "\u0412\u0421\u0410"), ("ACE", "\u0410\u0421\u0415"), ("Toko", "\u03a4\u039f\u039a\u039f"),
    ("AXA", "\u0410\u0425\u0410"), ("Pepe", "\u0420\u0435\u0440\u0435"), ("TAXI", "\u03a4\u0391\u03a7\u0399"), ("KAI", "\u039a\u0391\u0399"), ("HEMAT", "\u041d\u0415\u041c\u0410\u0422"),
    # dressed Latin letters
    ("Amazon", "\u0251mazon"), ("Lazada", "L\u0251zada"), ("Tokopedia", "\u1e6dokopedia"), ("Tokopedia", "Tok\u00f8pedia"),
    ("Tokopedia", "Tok\u00f3p\u00e9dia"), ("Tokopedia", "Tokoped\u0131a"), ("Tokopedia", "Tokope\u0111ia"), ("Shopee", "\u015ehopee"),
    ("Shopee", "Shop\u00eb\u00eb"), ("Shopee", "Sh\u0151pee"), ("Gojek", "\u01e4ojek"), ("Gojek", "G\u00f6jek"), ("Bukalapak", "B\u00fckalapak"),
    ("Bukalapak", "Buka\u0142apak"), ("Blibli", "Bl\u00edbl\u00ed"), ("Blibli", "B\u0142ib\u0142i"), ("Mandiri", "M\u00e4ndiri"),
    ("Mandiri", "Mand\u012br\u012b"), ("Telkomsel", "Te\u013ckomsel"), ("Telkomsel", "T\u0119lkomsel"), ("Zalora", "\u017dalora"),
    ("Zalora", "Z\u0103lora"), ("Citilink", "\u00c7itilink"), ("Indosat", "\u0130ndosat"), ("OVO", "\u00d8V\u00d8"), ("OVO", "\u00d6VO"),
    ("DANA", "\u0110ANA"), ("DANA", "D\u0101NA"), ("Halodoc", "\u0126alodoc"), ("Kredivo", "\u0136redivo"), ("Traveloka", "\u0166raveloka"),
    ("Toko Melati", "T\u00f2ko Melati"), ("Toko Melati", "Toko M\u1eb9lati"), ("Toko Melati", "\u1d1boko Melati"), ("Garuda", "G\u0105ruda"),
    ("Pertamina", "P\u00e8rtamina"), ("Biznet", "B\u00efznet"), ("Nokia", "N\u014dkia"), ("Samsung", "S\u00e4msung"), ("Xiaomi", "Xi\u00e0omi"),
    # full width, circled, mathematical
    ("Tokopedia", "\uff34\uff4f\uff4b\uff4f\uff50\uff45\uff44\uff49\uff41"), ("Shopee", "\u24c8hopee"), ("Gojek", "\U0001d406ojek"),
    ("DANA", "\U0001d5d7ANA"), ("OVO", "\uff2f\uff36\uff2f"), ("Lazada", "\U0001d68bazada".replace("\U0001d68b", "\U0001d695")),
    ("Blibli", "\U0001d539libli"), ("Mandiri", "\u2133andiri"), ("Telkomsel", "\u24c9elkomsel"), ("Bukalapak", "\u212cukalapak"),
    ("Toko Melati", "\U0001f163oko Melati"), ("Halodoc", "\u210balodoc"),
    # letters that run together
    ("Modern", "Modem"), ("Smartfren", "Srnartfren"), ("Mandiri", "Rnandiri"), ("Amazon", "Arnazon"), ("Indomaret", "Indornaret"),
    ("Alfamart", "Alfarnart"), ("Telkomsel", "Telkornsel"), ("Pertamina", "Pertarnina"), ("Toko Melati", "Toko Rnelati"),
    ("Wardah", "VVardah"), ("Warung Pintar", "VVarung Pintar"), ("Waroeng", "vvaroeng"), ("Danamon", "Danarnon"), ("Danamon", "Clanamon"),
    ("Dana", "clana"), ("Blue Bird", "Blue Bircl"), ("Garuda", "Garucla"), ("Lazada", "Lazacla"), ("Samsung", "Sarnsung"), ("Gramedia", "Grarnedia"),
    # a space or a sign more or less
    ("Tokopedia", "Toko Pedia"), ("Tokopedia", "Toko-pedia"), ("Tokopedia", "Tokopedia."), ("Tokopedia", "Tokopedia!"),
    ("Tokopedia", "T.okopedia"), ("Shopee", "Sho pee"), ("Shopee", "Shopee\u2122".replace("\u2122", "\u00ae")), ("Bukalapak", "Buka Lapak"),
    ("Bukalapak", "Buka_lapak"), ("Gojek", "Go-Jek"), ("Gojek", "Go Jek"), ("Blibli", "Bli-Bli"), ("Toko Melati", "TokoMelati"),
    ("Toko Melati", "Toko_Melati"), ("Toko Melati", "Toko\u00a0Melati\u00b7"), ("Toko Melati", "Toko, Melati"), ("Kurir Kilat", "KurirKilat"),
    ("Lion Air", "LionAir"), ("J&T Express", "J & T Express"), ("Alfamart", "Alfa-Mart"), ("Indomaret", "Indo Maret"), ("Halodoc", "Halo Doc"),
    ("Sicepat", "Si Cepat"), ("Ninja Xpress", "NinjaXpress"), ("Telkomsel", "Telkom-Sel"), ("HTML Shop", "<b>HTML Shop</b>".replace("<b>", "").replace("</b>", "!")),
    # a legal form, a site, "the real one"
    ("Tokopedia", "PT Tokopedia"), ("Tokopedia", "PT. Tokopedia Tbk"), ("Tokopedia", "Tokopedia Official"), ("Tokopedia", "tokopedia.com"),
    ("Tokopedia", "www.tokopedia.com"), ("Tokopedia", "https://tokopedia.co.id/"), ("Tokopedia", "Tokopedia (Persero)"),
    ("Toko Melati", "PT. Toko Melati Tbk"), ("Toko Melati", "CV Toko Melati"), ("Toko Melati", "Toko Melati Resmi"),
    ("Toko Melati", "tokomelati.id"), ("Toko Melati", "UD. TOKO MELATI"), ("Bank Mandiri", "PT Bank Mandiri (Persero) Tbk."),
    ("Shopee", "CS Shopee"), ("Shopee", "Admin Shopee"), ("Shopee", "Sh0pee Official"), ("Gojek", "Gojek Resmi"), ("Amazon", "Amaz0n.com"),
    ("Lazada", "PT Laz\u0430da"), ("Traveloka", "traveloka.co.id"), ("DANA", "DANA Official"), ("Kurir Kilat", "Kurir Kilat, PT"),
]  # fmt: skip

HONEST: list[tuple[str, str]] = [
    ("Toko Melati", "Toko Mawar"), ("Toko Melati", "Toko Melatis"), ("Toko Melati", "Kedai Melati"), ("Toko Melati", "Toko Melati Jaya"),
    ("Toko Melati", "Toko Melani"), ("Toko Melati", "Toko Melinda"), ("Toko Melati", "Melati"), ("Toko Melati", "Warung Melati"),
    ("Tokopedia", "Topedia"), ("Tokopedia", "Tokocrypto"), ("Tokopedia", "Kotapedia"), ("Shopee", "Shopify"), ("Shopee", "Shop"),
    ("Shopee", "Shoope"), ("Lazada", "Zalora"), ("Bukalapak", "Bukabuku"), ("Gojek", "Grab"), ("Gojek", "Gopay"), ("Gopay", "Gofood"),
    ("OVO", "Oppo"), ("OVO", "Vivo"), ("DANA", "Dinar"), ("DANA", "Dana Bersama"), ("DANA", "Danamas"), ("Danamon", "Danamas"),
    ("Bank BCA", "Bank BNI"), ("Bank BCA", "Bank BRI"), ("Bank BRI", "Bank BSI"), ("Bank BNI", "Bank BSI"), ("Bank BRI", "Bank BTN"),
    ("Bank BTN", "Bank BTPN"), ("BCA", "BCA Digital"), ("BCA", "BCA Finance"), ("BCA Finance", "BFI Finance"), ("BRI", "BRI Life"),
    ("Mandiri", "Mandiri Tunas Finance"), ("Bank Mandiri", "Bank Mandiri Taspen"), ("Bank Mega", "Bank Mega Syariah"), ("Bank Jago", "Bank Jateng"),
    ("Bank Jatim", "Bank Jateng"), ("Bank DKI", "Bank DBS"), ("Bank Permata", "Bank Panin"), ("Bank Muamalat", "Bank Mestika"),
    ("Sinarmas", "Sinarmas Sekuritas"), ("Asuransi Sinar Mas", "Asuransi Astra"), ("Allianz", "AXA"), ("Prudential", "Pru Life"),
    ("Telkom", "Telkomsel"), ("Telkomsel", "Telin"), ("XL", "XL Home"), ("XL Axiata", "Axis"), ("Indosat", "Indoseat"), ("IM3", "IM2"),
    ("Tri", "Trio"), ("Smartfren", "Smart Telecom"), ("Biznet", "Bolt"), ("IndiHome", "Indomie"), ("IndiHome", "Iconnet"), ("First Media", "MNC Media"),
    ("MNC Play", "MNC Vision"), ("Indomaret", "Indogrosir"), ("Indomaret", "Indomart"), ("Alfamart", "Alfamidi"), ("Alfamart", "Alfaland"),
    ("Superindo", "Supermal"), ("Hypermart", "Hypermarket"), ("Transmart", "Trans TV"), ("Lotte Mart", "Lotte Grosir"), ("Hero", "Heros"),
    ("JNE", "J&T"), ("JNE", "JNT"), ("JNE Express", "J&T Express"), ("J&T Express", "J&T Cargo"), ("Sicepat", "Anteraja"), ("Sicepat", "Sicepat Gokil"),
    ("Ninja Xpress", "Lion Parcel"), ("Pos Indonesia", "Pos Malaysia"), ("TIKI", "Tika"), ("Kurir Kilat", "Kurir Cepat"), ("Kurir Kilat", "Kurir Kita"),
    ("Lion Air", "Batik Air"), ("Lion Air", "Wings Air"), ("Lion Air", "Lion Parcel"), ("Garuda Indonesia", "Garuda Food"), ("Garuda Indonesia", "Garuda"),
    ("Citilink", "City Link Hotel"), ("Sriwijaya Air", "Nam Air"), ("AirAsia", "Air Asia Ride"), ("Pelita Air", "Super Air Jet"), ("Traveloka", "Tiket.com"),
    ("Tiket.com", "Pegipegi"), ("Agoda", "Airy"), ("RedDoorz", "RedBus"), ("OYO", "OVO"), ("Reddoorz", "Reddoor"), ("KAI", "KAI Commuter"),
    ("KAI", "KCI"), ("Transjakarta", "Transjabodetabek"), ("MRT Jakarta", "LRT Jakarta"), ("Blue Bird", "Black Bird"), ("Blue Bird", "Silver Bird"),
    ("Maxim", "Maxima"), ("Grab", "Grabfood"), ("Honda", "Hyundai"), ("Toyota", "Daihatsu"), ("Astra Honda", "Astra Daihatsu"), ("Suzuki", "Isuzu"),
    ("Yamaha", "Yamaha Music"), ("Wuling", "Weling"), ("Samsung", "Samsonite"), ("Oppo", "Opko"), ("Xiaomi", "Xiami"), ("Polytron", "Politron Jaya"),
    ("Erafone", "Eraspace"), ("iBox", "Inbox"), ("Digimap", "Digimax"), ("Nokia", "Nikon"), ("Sony", "Sonny"), ("Sharp", "Share"), ("LG", "LQ"),
    ("Kredivo", "Kredit Pintar"), ("Kredit Pintar", "Kredito"), ("Akulaku", "Adakami"), ("Adakami", "Adapundi"), ("Indodana", "Danarupiah"),
    ("Easycash", "Easypay"), ("Julo", "Jula"), ("Home Credit", "Home Center"), ("FIF Group", "FIF Astra"), ("Adira Finance", "Oto Finance"),
    ("WOM Finance", "MNC Finance"), ("Pegadaian", "Pegadaian Syariah"), ("Ajaib", "Bibit"), ("Bibit", "Bibir"), ("Pluang", "Peluang"), ("Pintu", "Pinta"),
    ("Indodax", "Indodana"), ("Halodoc", "Alodokter"), ("Kimia Farma", "Kalbe Farma"), ("Kimia Farma", "Kimia Farma Apotek"), ("Century", "Centro"),
    ("Guardian", "Watsons"), ("RS Siloam", "RS Hermina"), ("RS Mitra Keluarga", "RS Mitra Plumbon"), ("RSUD Tarakan", "RSUD Tarakani"), ("Prodia", "Pramita"),
    ("Ruangguru", "Ruang Kelas"), ("Zenius", "Genius"), ("Gramedia", "Gramata"), ("Gramedia", "Periplus"), ("Zalora", "Zaloro Mode"), ("Uniqlo", "Unilo"),
    ("Matahari", "Matahari Mall"), ("Matahari", "Mentari"), ("Ramayana", "Rabbani"), ("Sogo", "Soga"), ("Ace Hardware", "Azko"), ("IKEA", "Informa"),
    ("Informa", "Informasi"), ("Mitra10", "Mitra 20"), ("Mitra10", "Depo Bangunan"), ("Pertamina", "Pertalite"), ("Pertamina", "Pertagas"), ("PLN", "PGN"),
    ("PLN", "PLN Batam"), ("PDAM Surabaya", "PDAM Sidoarjo"), ("PDAM Bandung", "PDAM Badung"), ("Shell", "Sheel Jaya"), ("Netflix", "Nexflix Kafe"),
    ("Vidio", "Viu"), ("Spotify", "Shopify"), ("WeTV", "iQIYI"), ("Steam", "Stream"), ("Razer", "Racer"), ("KFC", "CFC"), ("McDonald's", "McDermott"),
    ("Kopi Kenangan", "Kopi Janji Jiwa"), ("Kopi Kenangan", "Kenangan"), ("Chatime", "Chatimes"), ("Mixue", "Mixsue"), ("Pizza Hut", "Pizza Hat"),
    ("Richeese Factory", "Richeese"), ("Solaria", "Solari"), ("HokBen", "Hoka"), ("Holland Bakery", "Holland Village"), ("Bread Talk", "Bread Life"),
    ("Summarecon", "Sumber Recon"), ("Ciputra", "Citra"), ("Agung Podomoro", "Agung Sedayu"), ("Meikarta", "Mekarta"), ("Warung Bu Tini", "Warung Bu Tina"),
    ("Warung Bu Tini", "Warung Bu Tuti"), ("Toko Sinar", "Toko Sinari"), ("Toko Jaya Abadi", "Toko Jaya Abadi 2"), ("Apotek Sehat 1", "Apotek Sehat 2"),
    ("Bengkel Ali", "Bengkel Alif"), ("Toko Bali", "Toko Bail Bond"), ("Salon Ira", "Salon Lara"), ("CV Maju Jaya", "CV Maju Raya"),
    ("PT Sumber Makmur", "PT Sumber Rejeki"), ("Kedai Ciki", "Kedai Diki"), ("Toko Cici", "Toko Didi"), ("Klinik Citra", "Klinik Dita"),
]  # fmt: skip

HARD: list[tuple[str, str]] = [
    ("Toko Bali", "Toko Ball"), ("Mali", "Mall"), ("Bengkel Ali", "Bengkel All"), ("Toko Oli", "Toko Oll"), ("Modern", "Modem"),
    ("Kopi Vila", "Kopi Villa".replace("Villa", "Vlla")), ("Studio 10", "Studio IO"), ("Kedai 5", "Kedai S"), ("Café Lé", "Cafe Le"),
]  # fmt: skip
