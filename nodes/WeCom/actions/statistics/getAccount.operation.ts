import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { statisticsFields, statisticsRows } from './statisticsRows';

/** The numbers of an account, day by day. */
export const getAccount: Operation = {
	description: shownFor('statistics', 'getAccount', statisticsFields),
	execute: async (context, itemIndex) =>
		await statisticsRows(context, itemIndex, 'kf/get_corp_statistic', null),
};
