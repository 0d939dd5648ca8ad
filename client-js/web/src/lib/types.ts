// The protocol's shapes under one roof; the schemas are their source.
export type {
  Booking,
  CancelReason,
  Care,
  Cell,
  CellName,
  Commune,
  Facility,
  Office,
  OfficeKind,
  Period,
  Place,
  Purpose,
  Section,
  Territory,
  TerritoryName,
  User,
} from '@placette/client';
