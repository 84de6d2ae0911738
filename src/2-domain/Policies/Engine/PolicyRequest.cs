using Microsoft.AspNetCore.Http;
using Postern.Directory.Users;
using Postern.Kernel.Access;

namespace Postern.Policies.Engine;

/// <summary>Who asks for what: all that policies may see of the situation.</summary>
public sealed class PolicyRequest
{
    HttpFacts? facts;
    HttpContext? asked;

    /// <summary>Whom it is about; null for nobody, and perhaps not stored yet.</summary>
    public User? User { get; init; }

    /// <summary>Who is signed in.</summary>
    public Caller Caller { get; init; } = Caller.Anonymous;

    /// <summary>The HTTP request; null outside one.</summary>
    public HttpFacts? Http
    {
        get => facts ??= asked is null ? null : HttpFacts.Of(asked, Caller.ClientIp);
        init => facts = value;
    }

    /// <summary>The request that is being answered, given in place of <see cref="Http"/>: of most, no policy wants to know more.</summary>
    public HttpContext HttpContext
    {
        init => asked = value;
    }

    /// <summary>
    /// The live context: what policies write here later policies of the evaluation see, and so does the asker. Values are null, bool, string,
    /// numbers, times, uuids, <c>IList&lt;object?&gt;</c>, <c>IDictionary&lt;string, object?&gt;</c>, JSON nodes, and objects that expressions know.
    /// </summary>
    public IDictionary<string, object?> Context { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>What is asked for: the flow, the stage binding, the application, an event, ...</summary>
    public object? Obj { get; init; }

    /// <summary>A trial: nothing is recorded.</summary>
    public bool Debug { get; init; }

    /// <summary>How deep policies called each other.</summary>
    internal int Depth { get; set; }

    /// <summary>Groups of the user, asked once.</summary>
    internal UserGroups.Memo Groups { get; private init; } = new();

    /// <summary>The same question about another object, with a context of its own; what is known of the user's groups is kept.</summary>
    public PolicyRequest About(object obj) => new()
    {
        User = User,
        Caller = Caller,
        facts = facts,
        asked = asked,
        Debug = Debug,
        Obj = obj,
        Groups = Groups,
        Context = new Dictionary<string, object?>(Context, StringComparer.Ordinal),
    };
}
