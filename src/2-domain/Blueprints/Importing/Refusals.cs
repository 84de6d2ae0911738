using Postern.Kernel;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Importing;

/// <summary>Turns the refusal of a use case into problems at the places that caused it.</summary>
internal static class Refusals
{
    public static void Add(EntryWork work, ModelKind kind, Fault fault)
    {
        if (fault is not Fault.Invalid { Errors: var errors })
        {
            work.Fail(work.Entry.Place, fault.Message);
            return;
        }

        foreach (var field in errors.Fields)
        {
            var place = Places.Of(work.Entry, kind, field);
            foreach (var message in errors[field])
                work.Fail(place, field is FieldErrors.NonField ? message : $"{field}: {message}");
        }
    }
}
