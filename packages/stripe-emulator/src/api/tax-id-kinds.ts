import { invalidRequest } from '../core/errors';
import { oneOf, refine, type Schema } from '../core/params';
import type { Stored } from '../core/tables';

export type TaxIdKind = Stored<'tax_id'>['type'];

/** The kinds of tax id that the pinned version of Stripe knows. */
const KINDS =
  'ad_nrt ae_trn al_tin am_tin ao_tin ar_cuit au_abn au_acn au_arn au_wpn aw_tin az_tin ba_tin bb_tin bd_bin bf_ifu bg_uic bh_vat bj_ifu bo_tin br_cnpj br_cpf bs_tin bw_vat by_tin ca_bn ca_gst_hst ca_pst_bc ca_pst_mb ca_pst_sk ca_qst cd_nif ch_uid ch_vat ci_vat cl_tin cm_niu cn_tin co_nit cr_tin cv_nif cz_dic de_stn do_rcn ec_ruc eg_tin es_cif et_tin eu_oss_vat eu_vat fo_vat fr_siren fr_siret fr_spi gb_vat ge_vat gh_tin gi_tin gn_nif hk_br hr_oib hu_tin ic_nif id_npwp il_vat in_gst is_kt is_vat it_cf jp_cn jp_rn jp_trn ke_pin kg_tin kh_tin kr_brn kz_bin la_tin li_uid li_vat lk_vat ma_vat md_cf md_vat me_pib mk_vat mr_nif mu_vat mx_rfc my_frp my_itn my_sst mz_nuit ng_tin no_vat no_voec np_pan nz_bn nz_gst om_vat pe_ruc ph_tin pl_nip pt_nif py_ruc ro_tin rs_pib ru_inn ru_kpp sa_vat sg_gst sg_uen si_tin sm_coe sn_ninea sr_fin sv_nit th_vat tj_tin tr_tin tt_bir tt_vat tw_vat tz_vat ua_vat ug_tin us_ein uy_ruc uz_tin uz_vat ve_rif vn_tin za_vat zm_tin zw_tin'.split(
    ' ',
  );

/** The kind of a tax id, as a parameter. */
export function taxIdKind(): Schema<TaxIdKind> {
  return refine(oneOf(KINDS), (kind, path) => {
    if (isKind(kind)) return kind;
    throw invalidRequest(`Invalid ${path}`, path);
  });
}

function isKind(kind: string): kind is TaxIdKind {
  return KINDS.includes(kind);
}

/** What the numbers of the commoner kinds look like; of the others the form is not checked. */
const FORMS: Readonly<Record<string, RegExp>> = {
  au_abn: /^\d{11}$/,
  br_cnpj: /^\d{2}\.?\d{3}\.?\d{3}\/?\d{4}-?\d{2}$/,
  br_cpf: /^\d{3}\.?\d{3}\.?\d{3}-?\d{2}$/,
  ca_bn: /^\d{9}$/,
  ch_vat: /^CHE-?\d{3}\.?\d{3}\.?\d{3} ?(MWST|TVA|IVA)$/i,
  eu_vat:
    /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)[A-Z0-9+*.]{2,12}$/i,
  gb_vat: /^(GB|XI)\d{9}(\d{3})?$/i,
  in_gst: /^\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]$/i,
  jp_cn: /^\d{13}$/,
  mx_rfc: /^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/i,
  no_vat: /^\d{9}MVA$/i,
  nz_gst: /^\d{8,9}$/,
  us_ein: /^\d{2}-?\d{7}$/,
  za_vat: /^4\d{9}$/,
};

/** Whether a number can be one of its kind. */
export function fitsKind(kind: string, value: string): boolean {
  return FORMS[kind]?.test(value) ?? value.trim().length > 1;
}

/** Two-letter code of the country a tax id is of; null for those of no single country. */
export function countryOf(kind: string, value: string): string | null {
  if (kind === 'eu_vat') {
    const prefix = value.slice(0, 2).toUpperCase();
    return prefix === 'EL' ? 'GR' : prefix;
  }
  return kind === 'eu_oss_vat' ? null : kind.slice(0, 2).toUpperCase();
}

/** Whether a public register exists in which Stripe looks a kind up. */
export function isVerifiable(kind: string): boolean {
  return kind === 'eu_vat' || kind === 'gb_vat' || kind === 'au_abn';
}
