import { DateTime } from 'luxon';
import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

/**
 * A date and time parameter. A text without an offset is in the time zone of the workflow, as everywhere in n8n.
 *
 * @param displayName as people see the parameter
 */
export function momentParameter(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
): Date {
	const value: unknown = context.getNodeParameter(name, itemIndex);
	const moment =
		value instanceof Date
			? DateTime.fromJSDate(value)
			: DateTime.isDateTime(value)
				? value
				: DateTime.fromISO(String(value).trim().replace(' ', 'T'), { zone: context.getTimezone() });
	if (moment.isValid) return moment.toJSDate();
	throw new NodeOperationError(
		context.getNode(),
		`${displayName} is not a date and time [Item ${itemIndex}]`,
		{ description: 'Use a form such as 2026-03-02T10:15:00', itemIndex },
	);
}
