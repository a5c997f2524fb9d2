using System.Collections.Frozen;

namespace MemoryDapr.Distill.Rules;

/// <summary>The few word lists by which the rules read English.</summary>
internal static class EnglishWords
{
    /// <summary>Words that carry no topic.</summary>
    public static FrozenSet<string> Empty { get; } = Set(
        """
        a about above actually after again all almost already also although always am an and another any anyone anything are aren't around as
        at away awesome back be became because been before being best better bit both but by came can can't come could couldn't did didn't do
        does doesn't doing don't done down each else even ever every everyone everything feel feeling few first for from gave get gets getting
        glad go goes going gone gonna good got great guess had happy has hasn't have haven't having he he's her here hers herself hey hi him
        himself his hope how however i i'd i'll i'm i've if in into is isn't it it's its itself just keep kind know last later least let let's
        like literally little look looking looks lot lots love made make makes making many maybe me mean might mine more most much must my
        myself need never new next nice no none nope not nothing now of off often oh ok okay on once one only onto or other our ours out over
        own people pretty probably quite rather really right said same saw say see seem seems she she's should show since so some someone
        something soon sorry still such super sure take tell than thank thanks that that's the their them themselves then there there's these
        they they're thing things think this those though through time to today together tomorrow too totally took toward tried true try
        trying under until up us use used using usually very want wanted was wasn't way we we'd we'll we're we've well went were weren't what
        what's when where which while who why will with without won't wonderful would wouldn't wow yeah yep yes yesterday yet you you'd you'll
        you're you've your yours yourself amazing cool definitely glad hello absolutely lately day days week weeks month months year years ago
        guys guy hear heard keep put start started stuff talk talking
        """);

    /// <summary>Words whose presence shows that a text is English.</summary>
    public static FrozenSet<string> Marks { get; } = Set(
        "the and is are was were to of it that this my i you we they have has had for with at on not but be been do did will would can from about so just it's i'm don't");

    /// <summary>Words that stand between a subject and its verb.</summary>
    public static FrozenSet<string> Adverbs { get; } = Set(
        """
        really also just always never still usually often definitely actually totally even only currently finally recently probably sometimes
        mostly truly absolutely already almost honestly basically certainly clearly completely constantly deeply easily especially eventually
        fully generally gladly hardly highly kinda literally mainly nearly normally obviously originally personally quickly rarely regularly
        simply slowly soon strongly typically ultimately now then once first both all
        """);

    /// <summary>Verb forms that are the same for every subject, or that are past.</summary>
    public static FrozenSet<string> Unchanging { get; } = Set(
        """
        can can't cannot could couldn't will won't would wouldn't shall should shouldn't may might must had hadn't did didn't ought
        went got made took saw came knew thought felt found gave told left met ran said sat sold sent slept spoke spent stood swam taught
        threw understood woke won wore wrote began broke brought built bought caught chose drew drank drove ate fell flew forgot grew heard
        held kept lost lent paid rode rang rose shook shut sang became bit blew dug dealt fed fought froze hid hung laid led lit sought shot
        sank stuck stole struck swore swept tore wound put set read let cut hit quit cost hurt bet burst cast spread upset used
        overcame undertook withdrew outgrew redid undid mistook began sprang stung swung wept
        """);

    /// <summary>Words that end in -ed without being past.</summary>
    public static FrozenSet<string> PresentInEd { get; } = Set("need feed speed bleed breed proceed succeed exceed seed weed");

    /// <summary>Adjectives that look like past verbs.</summary>
    public static FrozenSet<string> Feelings { get; } = Set(
        "excited interested worried tired thrilled blessed pleased honored relieved surprised amazed determined stressed bored scared inspired delighted overwhelmed");

    /// <summary>Verbs with which somebody is told to do something.</summary>
    public static FrozenSet<string> Imperatives { get; } = Set(
        "let's let keep take enjoy check look have don't please tell remember try make stay be give come see talk hang go good congrats congratulations happy best");

    private static FrozenSet<string> Set(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
