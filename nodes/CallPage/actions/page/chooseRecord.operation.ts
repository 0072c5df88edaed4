import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { chooseRecordPage, type FoundRecord } from '../../../pages/chooseRecordPage';
import { chosenCountry, countryParameter } from '../../countryParameter';
import { firstText, rowsIn } from '../../itemData';
import { chosenLanguage, languageParameter } from '../../languageParameter';
import { numberParameter } from './numberParameter';
import { pageItem } from './pageItem';

/** Several records have the number of the caller: a page to choose from. */
export const chooseRecord: Operation = {
	description: shownFor('page', 'chooseRecord', [
		numberParameter,
		{
			displayName: 'Records',
			name: 'records',
			type: 'json',
			default: '={{ $json.match.matches }}',
			required: true,
			description:
				'A list as Caller > Find gives it. Of each record, name, company, module, phone, owner and URL are shown, as far as they are there.',
		},
		countryParameter,
		languageParameter,
	]),
	async execute(context, itemIndex) {
		const page = chooseRecordPage({
			language: chosenLanguage(context, itemIndex),
			number: String(context.getNodeParameter('number', itemIndex) ?? ''),
			country: chosenCountry(context, itemIndex),
			records: rowsIn(context.getNodeParameter('records', itemIndex)).map(readRecord),
		});
		return await Promise.resolve([pageItem(context, itemIndex, page)]);
	},
};

/** A record of Caller > Find, simplified or whole, or one with the fields of the page. */
function readRecord(row: IDataObject): FoundRecord {
	return {
		name: firstText(row, 'name'),
		company: firstText(row, 'company', 'accountName', 'fields.Company'),
		module: firstText(row, 'module'),
		phone: firstText(
			row,
			'phone',
			'fields.Phone',
			'fields.Mobile',
			'fields.phone',
			'fields.mobile',
		),
		owner: firstText(row, 'owner', 'owner.name', 'ownerName', 'ownerEmail'),
		url: firstText(row, 'url', 'webUrl'),
	};
}
