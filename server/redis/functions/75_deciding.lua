-- What the facility says of a request; it has seen it then.
--   approve  {booking}
--   decline  {booking, reason}

local function decide(change, request, state)
    local booking, refused = opened(change, request)
    if refused then return nil, refused end
    if booking.state ~= 'requested' then return nil, problem('wrong_state') end
    end_waiting(change, booking, state)
    booking.decideBy = nil
    booking.seenAt = booking.seenAt or change.now
    booking.declineReason = request.reason
    return { bookings = { booking.id } }
end

writes('approve', function(change, request) return decide(change, request, 'confirmed') end)
writes('decline', function(change, request) return decide(change, request, 'declined') end)
