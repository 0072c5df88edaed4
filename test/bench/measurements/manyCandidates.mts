import type { Candidate } from '../../../nodes/phone/matchNumber';

/** The caller of the measurements, as a PBX has it and as people write it. */
export const CALLER = { number: '13800138000', country: 'CN' };

/** Ways in which people in several countries write numbers: national, international, with extension, two in one field. */
export const WRITTEN_NUMBERS = [
	'13800138000',
	'+86 138 0013 8000',
	'0755-26601234 转8',
	'（0755）2660 1234',
	'0755-26601234 / 13800138001',
	'+1 (415) 555-2671 ext. 12',
	'00 44 20 7946 0018',
	'+254 720 123456',
	'8001',
	'anonymous',
];

/**
 * So many records as a search by the end of a number gives them: a few are the caller's, the others end alike or are
 * somebody else's.
 */
export function candidates(count: number): Candidate[] {
	return Array.from({ length: count }, (_, serial) => {
		const end = String(serial).padStart(4, '0');
		return {
			module: ['Contacts', 'Leads', 'Accounts'][serial % 3],
			id: `5725767000000${end}`,
			numbers: [
				{ field: 'Phone', value: `0755-2660 ${end}` },
				{ field: 'Mobile', value: serial % 10 === 0 ? '138 0013 8000' : `+86 139 ${end} 8000` },
			],
			ownerId: `owner${serial % 7}`,
			ownerEmail: `owner${serial % 7}@kilima.example`,
			modifiedAt: new Date(1_772_435_720_000 + serial * 1_000).toISOString(),
		};
	});
}
