import { locatedValue } from '../../../actions/locatedValue';
import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { servicerLocator } from '../parameters';
import { statisticsFields, statisticsRows } from './statisticsRows';

/** The numbers of the servicers of an account, or of one of them, day by day. */
export const getServicer: Operation = {
	description: shownFor('statistics', 'getServicer', [
		...statisticsFields,
		{ ...servicerLocator, description: 'Whose numbers to get; without one those of all together' },
	]),
	execute: async (context, itemIndex) =>
		await statisticsRows(
			context,
			itemIndex,
			'kf/get_servicer_statistic',
			locatedValue(context, 'servicerUserId', itemIndex) || null,
		),
};
