import { z } from 'zod';

import type { ZohoSimulator } from '../simulators/zoho/zohoSimulator.mts';

const changeForm = z.object({
	module: z.enum(['Contacts', 'Leads', 'Accounts']),
	/** Empty for a new record. */
	id: z.string(),
	name: z.string().trim().min(1, 'Type a name').max(80),
	number: z.string().trim().min(3, 'Type a number').max(30),
});

/** Does in the CRM what a person would do in its pages: creates a record, or changes its name and number. */
export function changeCustomer(
	body: unknown,
	{ notifications, records }: Pick<ZohoSimulator, 'notifications' | 'records'>,
): { id: string } | { problem: string } {
	const form = changeForm.safeParse(body);
	if (!form.success) return { problem: form.error.issues[0].message };
	const { module, id, name, number } = form.data;
	const fields =
		module === 'Accounts'
			? { Account_Name: name, Phone: number }
			: { ...personName(name), Phone: number };
	if (id === '') {
		const company = module === 'Leads' ? { Company: 'Typed on the demo page' } : {};
		return { id: notifications.create(module, { ...fields, ...company }) };
	}
	if (!records(module).some((record) => record.id === id)) {
		return { problem: `${module} has no record ${id} any more` };
	}
	notifications.update(module, id, fields);
	return { id };
}

function personName(name: string): { First_Name: string | null; Last_Name: string } {
	const words = name.split(/\s+/);
	return { First_Name: words.slice(0, -1).join(' ') || null, Last_Name: words.at(-1) ?? name };
}
