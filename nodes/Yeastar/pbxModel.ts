import { insteadOf } from '../transport/ServiceError';
import type { YeastarPbx } from './transport/yeastarPbx';

/** What the PBX is, as far as its API tells. */
export interface PbxModel {
	/** `P520` … `P570`, `Software Edition` or `Cloud Edition`; null if unknown. */
	name: string | null;
	/** How many company contacts it keeps; null if unknown. */
	mostContacts: number | null;
}

/** yeastar.md, 5.1. A Software Edition of 1,000 extensions or more keeps 500,000; the API does not tell its size. */
const MOST_CONTACTS: Readonly<Record<string, number>> = {
	P520: 20_000,
	P550: 50_000,
	P560: 200_000,
	P570: 500_000,
	'Software Edition': 200_000,
};

/** By the first number of the firmware (yeastar.md, 15); appliances tell their model. */
const EDITIONS: Readonly<Record<string, string>> = {
	'83': 'Software Edition',
	'84': 'Cloud Edition',
};

/** The guide names the facts but not the fields (yeastar.md, 4), so the likely names are tried. */
const MODEL_FIELDS = ['model', 'device_model', 'product_model', 'product', 'device_name'];
const FIRMWARE_FIELDS = ['firmware_version', 'firmware', 'version'];

/** Asks the PBX what it is; a PBX that does not tell is no error. */
export async function readModel(pbx: Pick<YeastarPbx, 'get'>): Promise<PbxModel> {
	const answer = await pbx
		.get<{ data?: unknown }>('system/information')
		.catch(insteadOf(['refused', 'permission', 'notFound'], { data: {} }));
	return modelOf({ ...answer, ...(answer.data as object | undefined) });
}

/** @param facts the answer to `system/information` */
export function modelOf(facts: Record<string, unknown>): PbxModel {
	const texts = (fields: string[]) =>
		fields.map((field) => facts[field]).filter((value) => typeof value === 'string');
	const appliance = texts(MODEL_FIELDS)
		.map((text) => /\bP-?(5[2567]0)\b/i.exec(text)?.[1])
		.find((digits) => digits !== undefined);
	const family = texts(FIRMWARE_FIELDS)
		.map((text) => EDITIONS[text.trim().split('.')[0]])
		.find((edition) => edition !== undefined);
	const name = appliance === undefined ? (family ?? null) : `P${appliance}`;
	return { name, mostContacts: name === null ? null : (MOST_CONTACTS[name] ?? null) };
}
