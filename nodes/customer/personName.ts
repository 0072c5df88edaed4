const CHINESE = /^\p{Script=Han}+$/u;

/**
 * The name of a person as it is read: a Chinese one with the family name in front and without a blank, 张伟.
 *
 * @param fullName as the service puts it together; empty if it does not
 */
export function personName(
	firstName: string | null,
	lastName: string | null,
	fullName: string,
): string {
	if (firstName && lastName && CHINESE.test(firstName) && CHINESE.test(lastName)) {
		return `${lastName}${firstName}`;
	}
	return fullName || [firstName, lastName].filter(Boolean).join(' ');
}
