export interface Point {
  latitude: number;
  longitude: number;
}

const earthRadiusKm = 6371;

/** Great-circle distance (haversine): what the crow flies, which is what « 6 km » promises here. */
export function kilometresBetween(a: Point, b: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const halfLatitude = Math.sin(radians(b.latitude - a.latitude) / 2);
  const halfLongitude = Math.sin(radians(b.longitude - a.longitude) / 2);
  const chord = halfLatitude ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * halfLongitude ** 2;
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** A place whose coordinates are unknown has no distance: it is sorted last, never guessed. */
export function pointOf(place: { latitude?: number | null; longitude?: number | null } | undefined): Point | null {
  if (place?.latitude == null || place.longitude == null) return null;
  return { latitude: place.latitude, longitude: place.longitude };
}
