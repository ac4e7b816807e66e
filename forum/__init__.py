"""Surat Pembaca: a public forum of readers' letters about businesses, with official responses."""
