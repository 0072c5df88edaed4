import type { CompanyContact, PbxState } from './pbxState.mts';
import type { Scenario } from './scenario.mts';

const matchedDigits = 7;

/** The name as lists show it, in the order of the setting "Name Display Format". */
export function displayName(
	contact: CompanyContact,
	format: 'First Last' | 'Last First' | 'LastFirst',
): string {
	const { first_name: first, last_name: last } = contact;
	if (format === 'LastFirst') return last + first;
	return (format === 'First Last' ? [first, last] : [last, first]).join(' ').trim();
}

/**
 * The scenario with the caller's name from the company contacts, where the trunk gives none: the PBX compares the last
 * seven digits, or all where the number is no longer than that.
 */
export function withContactName(scenario: Scenario, pbx: PbxState): Scenario {
	const { from } = scenario;
	if (scenario.callerName !== undefined || from === undefined) return scenario;
	const digits = from.replace(/\D/g, '');
	const fits = (number: string) => {
		const stored = number.replace(/\D/g, '');
		return digits.length <= matchedDigits
			? stored === digits
			: stored.endsWith(digits.slice(-matchedDigits));
	};
	const contact = pbx.contacts.find(({ number_list: numbers }) =>
		numbers.some(({ number }) => fits(number)),
	);
	if (contact === undefined) return scenario;
	return { ...scenario, callerName: displayName(contact, pbx.settings.contactNameFormat) };
}
