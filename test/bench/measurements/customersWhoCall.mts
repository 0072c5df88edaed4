import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

/** Enters so many contacts into the CRM and gives their numbers, as the PBX shows them. */
export function customersWhoCall(zoho: ZohoSimulator, count: number, area: string): string[] {
	return Array.from({ length: count }, (_, serial) => {
		const number = `138${area}${String(serial).padStart(5, '0')}`;
		zoho.insert('Contacts', { First_Name: 'Amina', Last_Name: `Otieno ${number}`, Mobile: number });
		return number;
	});
}
