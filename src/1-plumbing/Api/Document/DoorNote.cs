using Microsoft.AspNetCore.Builder;

namespace Postern.Api.Document;

/// <summary>What the API document says of a door that is no kind's own: shapes are written as <see cref="Shape"/> reads them.</summary>
/// <param name="Summary">One sentence.</param>
/// <param name="Answer">Shape of the answer; empty for none.</param>
/// <param name="Body">Shape of the body; empty for none.</param>
public sealed record DoorNote(string Summary, string Answer, string Body)
{
    /// <summary>Name of the operation, where it does not follow from method and path.</summary>
    public string? Id { get; init; }

    public int Status { get; init; }

    /// <summary>Parameters of the query, as members of a shape.</summary>
    public string Query { get; init; } = "";
}

/// <summary>Notes doors for the API document.</summary>
public static class DoorNotes
{
    /// <summary>Says what a door does, takes and answers; without an answer its status is 204.</summary>
    public static T Note<T>(this T door, string summary, string answer = "", string body = "", string query = "", int status = 0, string? id = null)
        where T : IEndpointConventionBuilder =>
        door.WithMetadata(new DoorNote(summary, answer, body) { Id = id, Query = query, Status = status > 0 ? status : answer.Length > 0 ? 200 : 204 });
}
