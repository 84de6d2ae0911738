using System.Net;
using Postern.Events;

namespace Postern.Policies.Expressions.Objects;

/// <summary>Where a request came from: for an event, where the event came from.</summary>
static class ClientAddress
{
    public static IPAddress? OfEvent(object? subject) =>
        subject is Event { ClientIp: { } text } && IPAddress.TryParse(text, out var address) ? address : null;
}
