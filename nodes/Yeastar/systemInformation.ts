import { insteadOf } from '../transport/ServiceError';
import type { YeastarPbx } from './transport/yeastarPbx';

/**
 * The serial number of the PBX, as events carry it in `sn`. The guide names the fact but not the field, so the likely
 * names are tried (yeastar.md, 4).
 *
 * @returns null if the PBX does not tell it
 */
export async function readSerialNumber(pbx: YeastarPbx): Promise<string | null> {
	const answer = await pbx
		.get<{ data?: unknown }>('system/information')
		.catch(insteadOf(['refused', 'permission', 'notFound'], { data: {} }));
	const facts = { ...answer, ...(answer.data as object | undefined) } as Record<string, unknown>;
	const serial = ['sn', 'serial_number', 'serialnum', 'serial_num', 'serial']
		.map((field) => facts[field])
		.find((value) => typeof value === 'string' && value !== '');
	return (serial as string | undefined) ?? null;
}
