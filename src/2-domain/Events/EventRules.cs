using System.Net;
using Postern.Events.Recording;
using Postern.Kernel;
using Postern.Storage.Kinds;

namespace Postern.Events;

/// <summary>Rules of events that come or change through the API.</summary>
static class EventRules
{
    const string Recorded = "Events recorded by the product cannot be changed or deleted.";

    public static string? AddressRefusal(string text) => IPAddress.TryParse(text, out _) ? null : "Enter a valid IPv4 or IPv6 address.";

    public static void Check(Event entry, SaveContext context)
    {
        if (!context.IsNew)
        {
            if (!entry.FromOutside)
                context.Errors.Add(FieldErrors.NonField, Recorded);
        }
        else
        {
            entry.FromOutside = true;
            entry.Created = context.Get<TimeProvider>().GetUtcNow();
            if (!context.Given.Contains("expires"))
                entry.Expires = entry.Created + context.Get<IEventRetention>().Current;
        }
        entry.Context = Cleanse.Of(entry.Context);
    }

    public static ValueTask RefuseDeletion(Event entry, SaveContext context)
    {
        if (!entry.FromOutside)
            context.Errors.Add(FieldErrors.NonField, Recorded);
        return ValueTask.CompletedTask;
    }
}
