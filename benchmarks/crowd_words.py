"""What honest people and crowds write in `benchmarks.crowds`; all invented."""

OPENINGS = (
    "Saya mengalami hal yang sama", "Bulan lalu saya juga begitu", "Kakak saya pernah kena", "Saya sudah menelepon tiga kali",
    "Pengalaman saya berbeda", "Coba kirim surel ke bagian keluhan", "Toko itu pernah membantu saya", "Saya menunggu dua pekan",
)  # fmt: skip
MIDDLES = (
    "barang baru datang setelah saya lapor", "uang kembali sesudah sepuluh hari", "sampai sekarang tidak ada jawaban", "kurirnya salah alamat",
    "nomor resinya tidak pernah bergerak", "petugasnya sopan tetapi tidak tahu apa-apa", "akhirnya selesai di kantor cabang",
    "mereka minta foto yang sudah saya kirim",
)  # fmt: skip
ENDS = (
    "semoga cepat selesai.", "jadi simpan semua bukti.", "hati-hati kalau membeli di sana.", "mohon penulis memberi kabar lanjutannya.",
    "saya juga kapok judi online yang iklannya muncul di aplikasi itu.", "jangan sampai terpaksa pinjam ke pinjol ilegal.",
    "buktinya ada di https://contoh.example/bukti.", "terima kasih sudah menulis.",
)  # fmt: skip
LISTED = (
    "Main slot gacor hari ini, pasti maxwin!", "5L0T G4C0R maxwin tiap malam", "s l o t  g a c o r , daftar slot di bio", "ѕlоt gаcоr terpercaya",
    "Dana cepat cair hanya modal KTP, wa.me/62811", "jasa joki pinjol dan galbay aman", "togel online bayaran penuh", "cek bit.ly/hadiah-anda",
)  # fmt: skip
UNLISTED = (
    "Promo renovasi rumah murah bergaransi seluruh kota, konsultasi gratis setiap hari kerja bersama tim kami yang berpengalaman.",
    "Belajar saham bersama mentor kami, ribuan anggota sudah untung besar setiap pekan, kelas dibuka untuk umum sekarang juga.",
    "Kunjungi https://obat-ajaib.example untuk segala penyakit, dikirim hari ini juga tanpa ongkos ke seluruh kota besar.",
)
FRESH = (
    "Servis pendingin ruangan panggilan, teknisi datang dalam satu jam, harga bersahabat, melayani rumah dan kantor setiap hari.",
    "Lowongan kerja dari rumah, cukup menyukai video, dibayar harian, tanpa pengalaman, daftarkan diri sekarang sebelum penuh.",
    "Kelas bahasa asing untuk pemula, pengajar ramah, biaya ringan, sertifikat resmi, tempat terbatas untuk bulan ini saja.",
)
"""Advertisements of which nobody has heard by noon, without a link and without a word of the lists."""
BRIGADED = (
    "Perusahaan ini menipu semua pelanggannya dengan sengaja. Saya membayar lunas, barang tidak pernah dikirim, dan layanan pelanggan "
    "menutup percakapan begitu saya meminta uang kembali. Jangan pernah membeli apa pun di sini, sebarkan surat ini kepada siapa saja."
)
ADS = LISTED + UNLISTED + FRESH
