// The territories that are measured: made up, of one form, of several sizes.
const sections = ['bebes', 'moyens', 'grands'];
const periods = [
  { id: 'matin', name: 'Matin', start: '08:00', end: '12:30' },
  { id: 'apres-midi', name: 'Après-midi', start: '13:30', end: '18:00' },
];
export const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const commune = { insee: '21292', name: 'Genlis' };
const whereItIs = { postcode: '21110', population: 5093, latitude: 47.24203, longitude: 5.22415 };

export const days = 14;

const cellsOfDay = periods.length * sections.length;

const territory = (id, facilities, open = 20, lasting = days) => ({
  id,
  facilities,
  open,
  lasting,
  cells: facilities * lasting * cellsOfDay,
});

export const town = territory('bench-town', 5);
export const hamlet = territory('bench-hamlet', 1);
export const county = territory('bench-county', 50);
export const towns = [town, ...Array.from({ length: 9 }, (_, n) => territory(`bench-town-${n + 2}`, 5))];
export const booked = territory('bench-booked', 5, 999);
/** A board that a page can show: a département's places of care, for as long as the pages look ahead. */
export const large = territory('bench-large', 200);
export const departement = territory('bench-departement', 200, 20, 31);
export const territories = [...towns, hamlet, county, booked];

export const office = 'bench-office';
const bookingOffice = { id: office, name: office, kind: 'esco', commune: commune.insee, phone: '03 53 01 09 00' };
export const facilityIds = ({ id, facilities }) => Array.from({ length: facilities }, (_, n) => `${id}-${n + 1}`);

/** The first day watched. It lies ahead, so that a run may pass midnight. */
export function firstDay() {
  return dayAfter(new Date().toISOString().slice(0, 10), 2);
}

export function dayAfter(date, n) {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + n);
  return day.toISOString().slice(0, 10);
}

/** The import document of a territory whose cells begin at that day. */
export function documentOf({ id, facilities, open, lasting }, from) {
  const ids = facilityIds({ id, facilities });
  const dates = Array.from({ length: lasting }, (_, n) => dayAfter(from, n));
  return {
    territory: { id, name: id, timezone: 'Europe/Paris', communes: [{ ...commune, ...whereItIs }] },
    offices: id === booked.id ? [bookingOffice] : [],
    facilities: ids.map(facility),
    cells: ids.flatMap((each) =>
      dates.flatMap((date) =>
        periods.flatMap((period) =>
          sections.map((section) => ({ facility: each, date, period: period.id, section, open, reserved: 0 })),
        ),
      ),
    ),
  };
}

/** All places of a territory, as bookings of one child may take them. */
export const placesOf = (territory, from) =>
  documentOf(territory, from).cells.map(({ facility, date, period, section }) => ({
    facility,
    date,
    period,
    section,
    ageMonths: 20,
  }));

const facility = (id) => ({
  id,
  name: id,
  kind: 'multi_accueil',
  commune,
  address: '1 rue du Banc-d’Essai, 21110 Genlis',
  access: '',
  phone: '03 53 01 09 01',
  latitude: 47.24315,
  longitude: 5.22579,
  capacity: 60,
  reservedFloor: 0,
  bring: [],
  // All ages everywhere: a booking's child fits whatever its section.
  sections: sections.map((section) => ({ id: section, name: section, minAgeMonths: 0, maxAgeMonths: 72 })),
  periods: periods.map((period) => ({ ...period, days: everyDay })),
  closures: [],
});
