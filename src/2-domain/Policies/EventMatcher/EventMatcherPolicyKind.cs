using Postern.Events;
using Postern.Kernel;
using Postern.Storage.Kinds;

namespace Postern.Policies.EventMatcher;

/// <summary>The declaration of event matcher policies.</summary>
public static class EventMatcherPolicyKind
{
    public static readonly ModelKind<EventMatcherPolicy> Kind = PolicyKind.Declare<EventMatcherPolicy>("authentik_policies_event_matcher.eventmatcherpolicy", static k =>
    {
        k.Labels("Event Matcher Policy", "Event Matcher Policies").Path("policies/event_matcher").Component("ak-policy-event-matcher-form");
        k.Describe("Passes when Event matches selected criteria.");
        k.NullableText("action", p => p.Action).Rule(static action => LaterActions.Names.Contains(action) ? null : EventActions.Refusal(action)).Choices(EventActions.Names)
            .Help("Match created events with this action type. When left empty, all action types will be matched.");
        k.NullableText("client_ip", p => p.ClientIp).Help("Matches Event's Client IP (strict matching, for network matching use an Expression Policy)");
        k.NullableText("app", p => p.App).Help("Match events created by selected application. When left empty, all applications are matched.");
        k.NullableText("model", p => p.Model).Help(
            "Match events created by selected model. When left empty, all models are matched. When an app is selected, all the application's models are matched.");
        k.NullableText("query", p => p.Query).Help("Match events that a query of the event log finds.");
        k.Filters("action", "client_ip", "app", "model", "query");
        k.Validate(static (policy, context) =>
        {
            if (policy.IsBlank)
                context.Errors.Add(FieldErrors.NonField, "At least one criteria must be set.");
            if (!string.IsNullOrEmpty(policy.Query) && EventKind.Kind.Language?.Check(policy.Query) is { } error)
                context.Errors.Add("query", error.ToString());
        });
    });
}
