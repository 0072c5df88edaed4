import type { ApiAnswer } from './apiMessage.mts';
import type { Crm } from './crm.mts';
import { metadataId, zohoTime } from './crm.mts';
import type { Route } from './route.mts';

/** Number of the organisation; part of the addresses of the CRM's web pages. */
export const ZGID = '20091111222';

export const orgRoutes: Route[] = [
	{ method: 'GET', path: '/org', scopes: () => ['ZohoCRM.org.READ'], handle: getOrg },
];

function getOrg(crm: Crm): ApiAnswer {
	const org = {
		id: metadataId(crm, 'org'),
		zgid: ZGID,
		ezgid: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
		domain_name: `org${ZGID}`,
		company_name: 'Beispiel AG',
		alias: null,
		description: null,
		primary_zuid: crm.users[0].zuid,
		primary_email: crm.users[0].email,
		phone: '+41 44 555 02 00',
		mobile: null,
		fax: null,
		website: 'https://www.example.ch',
		street: null,
		city: 'Zürich',
		state: null,
		zip: null,
		country: 'Switzerland',
		country_code: 'CH',
		currency: 'Swiss Franc - CHF',
		currency_symbol: 'CHF',
		currency_locale: 'de_CH',
		iso_code: 'CHF',
		time_zone: crm.timeZone,
		employee_count: '25',
		type: 'production',
		photo_id: null,
		zia_portal_id: null,
		zia_zgid: 0,
		call_icon: 'phone',
		max_per_page: 100,
		mc_status: false,
		gapps_enabled: false,
		translation_enabled: false,
		deletable_org_account: true,
		lite_users_enabled: false,
		oauth_presence: true,
		privacy_settings: false,
		hipaa_compliance_enabled: false,
		hierarchy_preferences: { type: 'Role_Hierarchy', strictly_reporting: false },
		checkin_preferences: { restricted_event_types: null },
		license_details: {
			paid: crm.edition !== 'free',
			paid_type: crm.edition,
			paid_expiry: crm.edition === 'free' ? null : zohoTime(crm, crm.now() + 300 * 86_400_000),
			trial_type: null,
			trial_expiry: null,
			trial_action: 'none',
			users_license_purchased: 10,
			portal_users_license_purchased: 0,
		},
		created_time: zohoTime(crm, Date.UTC(2024, 0, 15, 8)),
	};
	return { status: 200, body: { org: [org] } };
}
