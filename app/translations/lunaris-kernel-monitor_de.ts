<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>CellMenu</name>
    <message>
        <source>Only this value</source>
        <translation>Nur dieser Wert</translation>
    </message>
    <message>
        <source>Not this value</source>
        <translation>Nicht dieser Wert</translation>
    </message>
    <message>
        <source>Highlight this value</source>
        <translation>Diesen Wert hervorheben</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Wert kopieren</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy as filter</source>
        <translation>Als Filter kopieren</translation>
    </message>
    <message>
        <source>Exclude this folder by a rule…</source>
        <translation>Diesen Ordner durch eine Regel ausschließen …</translation>
    </message>
    <message>
        <source>Open containing folder</source>
        <translation>Ordner öffnen</translation>
    </message>
</context>
<context>
    <name>ColumnsMenu</name>
    <message>
        <source>As they were at first</source>
        <translation>Wie am Anfang</translation>
    </message>
</context>
<context>
    <name>CompletionPopup</name>
    <message>
        <source>Completions</source>
        <translation>Vervollständigungen</translation>
    </message>
</context>
<context>
    <name>Counter</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>DetailFields</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Gestartet von</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Started by: %1</source>
        <translation>Gestartet von: %1</translation>
    </message>
</context>
<context>
    <name>DetailsPane</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Choose a row to see all that is known of it.</source>
        <translation>Eine Zeile wählen, um alles zu sehen, was von ihr bekannt ist.</translation>
    </message>
    <message>
        <source>Same file</source>
        <translation>Dieselbe Datei</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Nothing else happened to it.</source>
        <translation>Mit ihr ist sonst nichts geschehen.</translation>
    </message>
    <message>
        <source>Same process</source>
        <translation>Derselbe Prozess</translation>
    </message>
    <message>
        <source>It did nothing else.</source>
        <translation>Er hat sonst nichts getan.</translation>
    </message>
    <message>
        <source>Close details</source>
        <translation>Details schließen</translation>
    </message>
</context>
<context>
    <name>EventTable</name>
    <message>
        <source>File activity</source>
        <translation>Dateiaktivität</translation>
    </message>
    <message>
        <source>View frozen · %L1 waiting</source>
        <translation>Standbild · %L1 warten</translation>
    </message>
    <message>
        <source>%L1 new ↓</source>
        <translation>%L1 neu ↓</translation>
    </message>
    <message>
        <source>Nothing passes the filter</source>
        <translation>Nichts passt zum Filter</translation>
    </message>
    <message>
        <source>%L1 events are kept; Escape in the filter field shows them all.</source>
        <translation>%L1 Ereignisse sind vorhanden; Escape im Filterfeld zeigt sie alle.</translation>
    </message>
    <message>
        <source>Sorted and frozen · %L1 waiting</source>
        <translation>Sortiert und angehalten · %L1 warten</translation>
    </message>
    <message>
        <source>View frozen</source>
        <translation>Ansicht eingefroren</translation>
    </message>
</context>
<context>
    <name>EventTexts</name>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Flags</translation>
    </message>
    <message>
        <source>Parent PID</source>
        <translation>Eltern-PID</translation>
    </message>
    <message>
        <source>UID</source>
        <translation>UID</translation>
    </message>
    <message>
        <source>Process name</source>
        <translation>Prozessname</translation>
    </message>
    <message>
        <source>Application ID</source>
        <translation>Anwendungskennung</translation>
    </message>
    <message>
        <source>Port or size</source>
        <translation>Port oder Größe</translation>
    </message>
</context>
<context>
    <name>EventWords</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Exit code %1</source>
        <translation>Rückgabewert %1</translation>
    </message>
    <message>
        <source>Killed by %1</source>
        <translation>Beendet durch %1</translation>
    </message>
    <message>
        <source>Killed by signal %1</source>
        <translation>Beendet durch Signal %1</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Angelegt</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Geöffnet</translation>
    </message>
    <message>
        <source>Could not open</source>
        <translation>Nicht geöffnet</translation>
    </message>
    <message>
        <source>Wrote</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Connected to</source>
        <translation>Verbunden mit</translation>
    </message>
    <message>
        <source>Was called by</source>
        <translation>Angerufen von</translation>
    </message>
    <message>
        <source>Port %1</source>
        <translation>Port %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln event(s) are missing here: they came too fast to be delivered</source>
        <translation>
            <numerusform>%Ln Ereignis fehlt hier: Es kam zu schnell, um zugestellt zu werden</numerusform>
            <numerusform>%Ln Ereignisse fehlen hier: Sie kamen zu schnell, um zugestellt zu werden</numerusform>
        </translation>
    </message>
    <message>
        <source>The connection was lost here: what happened until the next row is not known</source>
        <translation>Hier war die Verbindung unterbrochen: Was bis zur nächsten Zeile geschah, ist nicht bekannt</translation>
    </message>
</context>
<context>
    <name>EveryoneNotice</name>
    <message>
        <source>Show what everyone does?</source>
        <translation>Zeigen, was alle tun?</translation>
    </message>
    <message>
        <source>You will see which files every user of this machine opens and writes, which programs they run, and with whom these are connected: names of files and places, never what is in them. This also shows what system services and administrators do. Whoever has an account here may expect that you do not look without need.</source>
        <translation>Sie werden sehen, welche Dateien alle Benutzer dieses Rechners öffnen und schreiben, welche Programme sie ausführen und mit wem diese verbunden sind: Namen von Dateien und Orten, nie, was darin steht. Auch was Systemdienste und Verwalter tun, ist zu sehen. Wer hier ein Konto hat, darf erwarten, dass Sie nicht ohne Not hinsehen.</translation>
    </message>
    <message>
        <source>Only mine</source>
        <translation>Nur meine</translation>
    </message>
    <message>
        <source>Show everyone&apos;s activity</source>
        <translation>Die Aktivität aller zeigen</translation>
    </message>
</context>
<context>
    <name>Fact</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>FileButton</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Open a capture…</source>
        <translation>Aufzeichnung öffnen …</translation>
    </message>
    <message>
        <source>Save everything…</source>
        <translation>Alles speichern …</translation>
    </message>
    <message>
        <source>Save what is shown…</source>
        <translation>Gezeigtes speichern …</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>Open a capture</source>
        <translation>Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>Captures (*.capture)</source>
        <translation>Aufzeichnungen (*.capture)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save what is shown</source>
        <translation>Gezeigtes speichern</translation>
    </message>
    <message>
        <source>Save everything</source>
        <translation>Alles speichern</translation>
    </message>
    <message>
        <source>Capture, to be opened here again (*.capture)</source>
        <translation>Aufzeichnung, die sich hier wieder öffnen lässt (*.capture)</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>Durch Kommas getrennte Werte (*.csv)</translation>
    </message>
    <message>
        <source>JSON, a line each (*.jsonl)</source>
        <translation>JSON, eine Zeile je Ereignis (*.jsonl)</translation>
    </message>
    <message>
        <source>Open Cybersecurity Schema Framework (*.jsonl)</source>
        <translation>Open Cybersecurity Schema Framework (*.jsonl)</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Keep filter…</source>
        <translation>Filter merken …</translation>
    </message>
</context>
<context>
    <name>FilterInput</name>
    <message>
        <source>Filter: a word, or  comm == git and path endswith .idx</source>
        <translation>Filter: ein Wort, oder  comm == git and path endswith .idx</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter löschen</translation>
    </message>
</context>
<context>
    <name>FunnelRow</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>GroupList</name>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Erstes</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Letztes</translation>
    </message>
    <message>
        <source>Nothing with that name</source>
        <translation>Nichts mit diesem Namen</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>Escape in the search field shows all again.</source>
        <translation>Escape im Suchfeld zeigt wieder alles.</translation>
    </message>
    <message>
        <source>What programs do is counted here as it happens.</source>
        <translation>Was Programme tun, wird hier gezählt, während es geschieht.</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Unfreeze view</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Freeze view</source>
        <translation>Standbild</translation>
    </message>
    <message>
        <source>Holds this list still; capture goes on (Space)</source>
        <translation>Hält diese Liste an; die Aufzeichnung läuft weiter (Leertaste)</translation>
    </message>
</context>
<context>
    <name>HeaderCell</name>
    <message>
        <source>%1, sorted, largest first</source>
        <translation>%1, sortiert, Größtes zuerst</translation>
    </message>
    <message>
        <source>%1, sorted, smallest first</source>
        <translation>%1, sortiert, Kleinstes zuerst</translation>
    </message>
</context>
<context>
    <name>HighlightColors</name>
    <message>
        <source>Amber</source>
        <translation>Bernstein</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Cyan</source>
        <translation>Cyan</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
</context>
<context>
    <name>HighlightLine</name>
    <message>
        <source>Colour: %1</source>
        <translation>Farbe: %1</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter of highlight %1</source>
        <translation>Filter der Hervorhebung %1</translation>
    </message>
    <message>
        <source>Before the others</source>
        <translation>Vor die anderen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Highlight %1</source>
        <translation>Hervorhebung %1</translation>
    </message>
</context>
<context>
    <name>HighlightsPopup</name>
    <message>
        <source>Highlights</source>
        <translation>Hervorhebungen</translation>
    </message>
    <message>
        <source>Rows that pass a filter get its colour; the first filter that fits decides.</source>
        <translation>Zeilen, zu denen ein Filter passt, bekommen seine Farbe; der erste passende entscheidet.</translation>
    </message>
    <message>
        <source>Add the present filter</source>
        <translation>Den jetzigen Filter hinzufügen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Lunaris Kernel Monitor</source>
        <translation>Lunaris Kernel Monitor</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Authorize…</source>
        <translation>Berechtigen …</translation>
    </message>
    <message>
        <source>%1 (%2 %)</source>
        <translation>%1 (%2 %)</translation>
    </message>
    <message>
        <source>Back to live</source>
        <translation>Zurück zu Live</translation>
    </message>
    <message>
        <source>Saving: %1 %</source>
        <translation>Speichern: %1 %</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>MonitorPanel</name>
    <message>
        <source>File activity on this machine</source>
        <translation>Dateiaktivität auf diesem Rechner</translation>
    </message>
</context>
<context>
    <name>NavigationBar</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>A number from %L1 to %L2.</source>
        <translation>Eine Zahl von %L1 bis %L2.</translation>
    </message>
</context>
<context>
    <name>PanelContent</name>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>Filtered</source>
        <translation>Gefiltert</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Forwarded</source>
        <translation>Weitergegeben</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>Applications that do most</source>
        <translation>Die tätigsten Anwendungen</translation>
    </message>
</context>
<context>
    <name>PathCell</name>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
</context>
<context>
    <name>PathText</name>
    <message>
        <source>(the name could not be read)</source>
        <translation>(der Name war nicht lesbar)</translation>
    </message>
    <message>
        <source>Only the end of this path is known; it is longer than 4096 bytes.</source>
        <translation>Von diesem Pfad ist nur das Ende bekannt; er ist länger als 4096 Bytes.</translation>
    </message>
    <message>
        <source>The file was deleted before it was reported.</source>
        <translation>Die Datei war gelöscht, bevor sie gemeldet wurde.</translation>
    </message>
    <message>
        <source>The path is the one that a container or sandbox sees.</source>
        <translation>Der Pfad ist der, den ein Container oder eine Sandbox sieht.</translation>
    </message>
    <message>
        <source>The file was created by this open.</source>
        <translation>Die Datei wurde mit diesem Öffnen angelegt.</translation>
    </message>
</context>
<context>
    <name>PauseButton</name>
    <message>
        <source>Pause capture</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Paused · %1</source>
        <translation>Pause · %1</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Nothing is recorded while capture is paused (Ctrl+E)</source>
        <translation>Während der Pause wird nichts aufgezeichnet (Strg+E)</translation>
    </message>
    <message>
        <source>Resume for everyone</source>
        <translation>Für alle fortsetzen</translation>
    </message>
    <message>
        <source>Resume for me</source>
        <translation>Für mich fortsetzen</translation>
    </message>
</context>
<context>
    <name>PauseChoices</name>
    <message>
        <source>For me: 15 minutes</source>
        <translation>Für mich: 15 Minuten</translation>
    </message>
    <message>
        <source>For me: 1 hour</source>
        <translation>Für mich: 1 Stunde</translation>
    </message>
    <message>
        <source>For me: until I resume</source>
        <translation>Für mich: bis ich fortsetze</translation>
    </message>
    <message>
        <source>For everyone: 15 minutes</source>
        <translation>Für alle: 15 Minuten</translation>
    </message>
    <message>
        <source>For everyone: 1 hour</source>
        <translation>Für alle: 1 Stunde</translation>
    </message>
    <message>
        <source>For everyone: until somebody resumes</source>
        <translation>Für alle: bis jemand fortsetzt</translation>
    </message>
</context>
<context>
    <name>ProcessList</name>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Nothing with that name</source>
        <translation>Nichts mit diesem Namen</translation>
    </message>
    <message>
        <source>No process yet</source>
        <translation>Noch kein Prozess</translation>
    </message>
    <message>
        <source>Escape in the search field shows all again.</source>
        <translation>Escape im Suchfeld zeigt wieder alles.</translation>
    </message>
    <message>
        <source>A process appears here when it does something.</source>
        <translation>Ein Prozess erscheint hier, wenn er etwas tut.</translation>
    </message>
    <message>
        <source>In total</source>
        <translation>Insgesamt</translation>
    </message>
</context>
<context>
    <name>ProcessRow</name>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
</context>
<context>
    <name>RateCard</name>
    <message>
        <source>Events a second</source>
        <translation>Ereignisse je Sekunde</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>forwarded</source>
        <translation>weitergegeben</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>gesehen</translation>
    </message>
    <message>
        <source>highest</source>
        <translation>höchstens</translation>
    </message>
    <message>
        <source>Events a second over the last ten minutes: %1 seen now, %2 at most</source>
        <translation>Ereignisse je Sekunde in den letzten zehn Minuten: jetzt %1 gesehen, höchstens %2</translation>
    </message>
    <message>
        <source>10 minutes ago</source>
        <translation>vor 10 Minuten</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message>
        <source>Copy name</source>
        <translation>Namen kopieren</translation>
    </message>
    <message>
        <source>Copy as filter</source>
        <translation>Als Filter kopieren</translation>
    </message>
</context>
<context>
    <name>RuleList</name>
    <message>
        <source>Files there</source>
        <translation>Dateien dort</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Path rules</source>
        <translation>Pfadregeln</translation>
    </message>
    <message>
        <source>There are no rules: every file is kept.</source>
        <translation>Es gibt keine Regeln: Jede Datei bleibt.</translation>
    </message>
</context>
<context>
    <name>RuleRow</name>
    <message>
        <source>Keep %1</source>
        <translation>%1 behalten</translation>
    </message>
    <message>
        <source>Leave out %1</source>
        <translation>%1 auslassen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Path of the rule</source>
        <translation>Pfad der Regel</translation>
    </message>
    <message>
        <source>%L1 hits</source>
        <translation>%L1 Treffer</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>No rules yet</source>
        <translation>Noch keine Regeln</translation>
    </message>
    <message>
        <source>The helper is being asked.</source>
        <translation>Der Helfer wird gefragt.</translation>
    </message>
    <message>
        <source>Of the rules that match a path the longest decides, and what none matches is kept. They are the same for everyone on this machine.</source>
        <translation>Von den Regeln, die zu einem Pfad passen, entscheidet die längste; wozu keine passt, das bleibt. Sie gelten für alle auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Which rule decides for this path</source>
        <translation>Welche Regel über diesen Pfad entscheidet</translation>
    </message>
    <message>
        <source>Which rule decides for this path? /home/…</source>
        <translation>Welche Regel entscheidet über diesen Pfad? /home/…</translation>
    </message>
    <message>
        <source>Somebody else has changed the rules meanwhile; Discard shows theirs, Apply replaces them.</source>
        <translation>Jemand anders hat die Regeln inzwischen geändert; Verwerfen zeigt jene, Anwenden ersetzt sie.</translation>
    </message>
    <message>
        <source>Nothing of this counts before it is applied.</source>
        <translation>Nichts davon gilt, bevor es angewendet ist.</translation>
    </message>
    <message>
        <source>Add rule</source>
        <translation>Regel hinzufügen</translation>
    </message>
    <message>
        <source>Reset…</source>
        <translation>Zurücksetzen …</translation>
    </message>
    <message>
        <source>Give these up for the rules of the configuration</source>
        <translation>Diese aufgeben, zugunsten der Regeln der Konfiguration</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird gefragt …</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>A program that opens the same path again is reported once within this many milliseconds; 0 reports every time.</source>
        <translation>Ein Programm, das denselben Pfad wieder öffnet, wird in so vielen Millisekunden einmal gemeldet; 0 meldet jedes Mal.</translation>
    </message>
    <message>
        <source>Milliseconds</source>
        <translation>Millisekunden</translation>
    </message>
    <message>
        <source>A number from 0 to 3600000.</source>
        <translation>Eine Zahl von 0 bis 3600000.</translation>
    </message>
    <message>
        <source>Apply the milliseconds</source>
        <translation>Die Millisekunden anwenden</translation>
    </message>
</context>
<context>
    <name>SaveFilterPopup</name>
    <message>
        <source>Name of this filter</source>
        <translation>Name dieses Filters</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Merken</translation>
    </message>
</context>
<context>
    <name>SavedFilterButton</name>
    <message>
        <source>Filter %1, in force</source>
        <translation>Filter %1, wirksam</translation>
    </message>
    <message>
        <source>Filter %1</source>
        <translation>Filter %1</translation>
    </message>
    <message>
        <source>Forget this filter</source>
        <translation>Diesen Filter vergessen</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>Beobachtet</translation>
    </message>
    <message>
        <source>Whose activity</source>
        <translation>Wessen Aktivität</translation>
    </message>
    <message>
        <source>That of everyone is for administrators, and takes a password.</source>
        <translation>Die aller ist für Verwalter und verlangt ein Passwort.</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>Everyone&apos;s</source>
        <translation>Die aller</translation>
    </message>
    <message>
        <source>Start with what happened just before</source>
        <translation>Mit dem beginnen, was kurz zuvor geschah</translation>
    </message>
    <message>
        <source>From the next time on that this window begins to watch.</source>
        <translation>Vom nächsten Mal an, wenn dieses Fenster zu beobachten beginnt.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Events to keep</source>
        <translation>Ereignisse, die bleiben</translation>
    </message>
    <message>
        <source>The oldest go first. It is kept in memory only, and gone with this window.</source>
        <translation>Die ältesten gehen zuerst. Der Verlauf steht nur im Speicher und vergeht mit diesem Fenster.</translation>
    </message>
    <message>
        <source>Memory for them, in MiB</source>
        <translation>Speicher dafür, in MiB</translation>
    </message>
    <message>
        <source>Held now: %1.</source>
        <translation>Jetzt gehalten: %1.</translation>
    </message>
    <message>
        <source>Memory for events, in MiB</source>
        <translation>Speicher für Ereignisse, in MiB</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie die Arbeitsumgebung</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Times of events</source>
        <translation>Zeiten der Ereignisse</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>Since the first</source>
        <translation>Seit dem ersten</translation>
    </message>
    <message>
        <source>Since the one before</source>
        <translation>Seit dem vorigen</translation>
    </message>
</context>
<context>
    <name>ShownCount</name>
    <message>
        <source>1 event</source>
        <translation>1 Ereignis</translation>
    </message>
    <message>
        <source>%1 events</source>
        <translation>%1 Ereignisse</translation>
    </message>
    <message>
        <source>Showing %1 of %2 (%3 %)</source>
        <translation>%1 von %2 (%3 %)</translation>
    </message>
</context>
<context>
    <name>SortHeader</name>
    <message>
        <source>%1, sorted, largest first</source>
        <translation>%1, sortiert, Größtes zuerst</translation>
    </message>
    <message>
        <source>%1, sorted, smallest first</source>
        <translation>%1, sortiert, Kleinstes zuerst</translation>
    </message>
</context>
<context>
    <name>StatisticsPage</name>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>No statistics yet</source>
        <translation>Noch keine Statistik</translation>
    </message>
    <message>
        <source>The helper is being asked.</source>
        <translation>Der Helfer wird gefragt.</translation>
    </message>
    <message>
        <source>%L1 events were lost</source>
        <translation>%L1 Ereignisse gingen verloren</translation>
    </message>
    <message>
        <source>What became of everything since %1</source>
        <translation>Was aus allem wurde, seit %1</translation>
    </message>
    <message>
        <source>What became of everything</source>
        <translation>Was aus allem wurde</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Event Bus</source>
        <translation>Event Bus</translation>
    </message>
    <message>
        <source>Helper</source>
        <translation>Helfer</translation>
    </message>
    <message>
        <source>Waiting for the Event Bus</source>
        <translation>Wartet auf den Event Bus</translation>
    </message>
    <message>
        <source>In memory</source>
        <translation>Im Speicher</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Auf der Platte</translation>
    </message>
    <message>
        <source>On the way from the kernel</source>
        <translation>Unterwegs vom Kernel</translation>
    </message>
    <message>
        <source>Half of them within</source>
        <translation>Die Hälfte in</translation>
    </message>
    <message>
        <source>99 in 100 within</source>
        <translation>99 von 100 in</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>Längstens</translation>
    </message>
    <message>
        <source>To windows and terminals</source>
        <translation>Zu Fenstern und Terminals</translation>
    </message>
    <message>
        <source>To the Event Bus</source>
        <translation>Zum Event Bus</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>In this list</source>
        <translation>In dieser Liste</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>Opens on this machine since the helper started</source>
        <translation>Öffnungen auf diesem Rechner, seit der Helfer läuft</translation>
    </message>
    <message>
        <source>Filtered</source>
        <translation>Gefiltert</translation>
    </message>
    <message>
        <source>Left out by a path rule</source>
        <translation>Durch eine Pfadregel ausgelassen</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>The same program opened the same path a moment before</source>
        <translation>Dasselbe Programm hatte denselben Pfad eben erst geöffnet</translation>
    </message>
    <message>
        <source>Forwarded</source>
        <translation>Weitergegeben</translation>
    </message>
    <message>
        <source>Handed on to the Event Bus</source>
        <translation>An den Event Bus weitergegeben</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Verloren</translation>
    </message>
</context>
<context>
    <name>SummaryPage</name>
    <message>
        <source>That name is too long for a filter.</source>
        <translation>Dieser Name ist zu lang für einen Filter.</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Count by</source>
        <translation>Zählen nach</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Anwendungen</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Vorgänge</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Ended too</source>
        <translation>Auch beendete</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Vorgang</translation>
    </message>
    <message>
        <source>Count from now</source>
        <translation>Ab jetzt zählen</translation>
    </message>
    <message>
        <source>Show what it and those below it do</source>
        <translation>Zeigen, was er und die darunter tun</translation>
    </message>
    <message>
        <source>Show these events</source>
        <translation>Diese Ereignisse zeigen</translation>
    </message>
    <message>
        <source>Those are more processes than a filter can name.</source>
        <translation>Das sind mehr Prozesse, als ein Filter nennen kann.</translation>
    </message>
</context>
<context>
    <name>TableHeader</name>
    <message>
        <source>Column titles</source>
        <translation>Spaltentitel</translation>
    </message>
    <message>
        <source>Enter sorts, Shift and arrow keys make wider or narrower, Ctrl and arrow keys move</source>
        <translation>Eingabe sortiert, Umschalt und Pfeiltasten ändern die Breite, Strg und Pfeiltasten verschieben</translation>
    </message>
</context>
<context>
    <name>TableScrollBar</name>
    <message>
        <source>Scroll bar</source>
        <translation>Bildlaufleiste</translation>
    </message>
</context>
<context>
    <name>TableTools</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>Since the first event</source>
        <translation>Seit dem ersten Ereignis</translation>
    </message>
    <message>
        <source>Since the row above</source>
        <translation>Seit der Zeile darüber</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Highlights (%1)</source>
        <translation>Hervorhebungen (%1)</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>Hervorhebungen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>Theme</name>
    <message>
        <source>Not available now</source>
        <translation>Zurzeit nicht möglich</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Fenster zeigen</translation>
    </message>
    <message>
        <source>Resume for everyone</source>
        <translation>Für alle fortsetzen</translation>
    </message>
    <message>
        <source>Resume for me</source>
        <translation>Für mich fortsetzen</translation>
    </message>
    <message>
        <source>Pause capture</source>
        <translation>Aufzeichnung anhalten</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>lunaris::CaptureFacts</name>
    <message>
        <source>Trampolines</source>
        <translation>Trampoline</translation>
    </message>
    <message>
        <source>Tracepoints</source>
        <translation>Tracepoints</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
</context>
<context>
    <name>lunaris::CapturePause</name>
    <message>
        <source>you</source>
        <translation>Ihnen</translation>
    </message>
    <message>
        <source>Capture is paused for everyone, by %1, until somebody resumes it.</source>
        <translation>Die Aufzeichnung ruht für alle, angehalten von %1, bis jemand sie fortsetzt.</translation>
    </message>
    <message>
        <source>Capture is paused for everyone, by %1, until %2.</source>
        <translation>Die Aufzeichnung ruht für alle, angehalten von %1, bis %2.</translation>
    </message>
    <message>
        <source>What your programs do is left out until you resume.</source>
        <translation>Was Ihre Programme tun, wird ausgelassen, bis Sie fortsetzen.</translation>
    </message>
    <message>
        <source>What your programs do is left out until %1.</source>
        <translation>Was Ihre Programme tun, wird bis %1 ausgelassen.</translation>
    </message>
</context>
<context>
    <name>lunaris::CaptureView</name>
    <message>
        <source>Opening the capture %1</source>
        <translation>Die Aufzeichnung %1 wird geöffnet</translation>
    </message>
    <message>
        <source>You see the capture %1, made on %2 on %3. Nothing in it is live.</source>
        <translation>Sie sehen die Aufzeichnung %1, gemacht auf %2 am %3. Nichts darin ist live.</translation>
    </message>
    <message>
        <source>Its first %L1 rows are more than the history holds.</source>
        <translation>Ihre ersten %L1 Zeilen sind mehr, als der Verlauf fasst.</translation>
    </message>
    <message>
        <source>It is damaged: %1.</source>
        <translation>Sie ist beschädigt: %1.</translation>
    </message>
</context>
<context>
    <name>lunaris::EventDetails</name>
    <message>
        <source>Missing events</source>
        <translation>Fehlende Ereignisse</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Anmerkungen</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Cgroup</source>
        <translation>Cgroup</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
</context>
<context>
    <name>lunaris::EventFiles</name>
    <message>
        <source>Only files of this machine can be opened.</source>
        <translation>Nur Dateien dieses Rechners lassen sich öffnen.</translation>
    </message>
    <message>
        <source>It can only be saved on this machine.</source>
        <translation>Speichern geht nur auf diesem Rechner.</translation>
    </message>
    <message>
        <source>%L1 events saved in %2.</source>
        <translation>%L1 Ereignisse in %2 gespeichert.</translation>
    </message>
    <message>
        <source>%L1 lack what this format requires, and were left out.</source>
        <translation>%L1 fehlt, was dieses Format verlangt; sie wurden ausgelassen.</translation>
    </message>
    <message>
        <source>Saving was stopped.</source>
        <translation>Das Speichern wurde abgebrochen.</translation>
    </message>
</context>
<context>
    <name>lunaris::FilterProblem</name>
    <message>
        <source>Character %1: %2</source>
        <translation>Zeichen %1: %2</translation>
    </message>
</context>
<context>
    <name>lunaris::FunnelModel</name>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>Left out by a rule</source>
        <translation>Durch eine Regel ausgelassen</translation>
    </message>
    <message>
        <source>Repetitions</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Withheld from the Event Bus</source>
        <translation>Dem Event Bus vorenthalten</translation>
    </message>
    <message>
        <source>Lost in the kernel</source>
        <translation>Im Kernel verloren</translation>
    </message>
    <message>
        <source>Closed before they had a name</source>
        <translation>Geschlossen, bevor sie einen Namen hatten</translation>
    </message>
    <message>
        <source>Skipped by the kernel</source>
        <translation>Vom Kernel übersprungen</translation>
    </message>
    <message>
        <source>Not understood</source>
        <translation>Nicht verstanden</translation>
    </message>
    <message>
        <source>Forwarded</source>
        <translation>Weitergegeben</translation>
    </message>
    <message>
        <source>Kept from an earlier run</source>
        <translation>Von einem früheren Lauf</translation>
    </message>
    <message>
        <source>Delivered to the Event Bus</source>
        <translation>Dem Event Bus zugestellt</translation>
    </message>
    <message>
        <source>Waiting in memory</source>
        <translation>Warten im Speicher</translation>
    </message>
    <message>
        <source>Waiting on disk</source>
        <translation>Warten auf der Platte</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Aufgegeben</translation>
    </message>
</context>
<context>
    <name>lunaris::GroupNames</name>
    <message>
        <source>Files opened</source>
        <translation>Dateien geöffnet</translation>
    </message>
    <message>
        <source>Files that could not be opened</source>
        <translation>Dateien, die sich nicht öffnen ließen</translation>
    </message>
    <message>
        <source>Files written</source>
        <translation>Dateien geschrieben</translation>
    </message>
    <message>
        <source>Programs started</source>
        <translation>Programme gestartet</translation>
    </message>
    <message>
        <source>Programs ended</source>
        <translation>Programme beendet</translation>
    </message>
    <message>
        <source>Connections made</source>
        <translation>Verbindungen aufgebaut</translation>
    </message>
    <message>
        <source>Connections taken</source>
        <translation>Verbindungen angenommen</translation>
    </message>
    <message>
        <source>(unknown)</source>
        <translation>(unbekannt)</translation>
    </message>
</context>
<context>
    <name>lunaris::History</name>
    <message>
        <source>%1 events in %2</source>
        <translation>%1 Ereignisse in %2</translation>
    </message>
</context>
<context>
    <name>lunaris::MonitorClient</name>
    <message>
        <source>There is no D-Bus to talk over (%1); start the system bus and try again.</source>
        <translation>Es gibt keinen D-Bus, über den zu sprechen wäre (%1); starten Sie den System-Bus und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The helper has stopped; it is being started again.</source>
        <translation>Der Helfer ist beendet; er wird wieder gestartet.</translation>
    </message>
    <message>
        <source>You may not watch this any more, and the helper has ended the watch; ask an administrator of this machine.</source>
        <translation>Sie dürfen dies nicht mehr beobachten, und der Helfer hat die Beobachtung beendet; fragen Sie jemanden, der diesen Rechner verwaltet.</translation>
    </message>
    <message>
        <source>The helper has ended this watch (%1); try again.</source>
        <translation>Der Helfer hat diese Beobachtung beendet (%1); versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The helper is not installed, or this bus does not know how to start it; install the package lunaris-kernel-monitor. It is tried again by itself.</source>
        <translation>Der Helfer ist nicht installiert, oder dieser Bus weiß nicht, wie er zu starten ist; installieren Sie das Paket lunaris-kernel-monitor. Es wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>This bus does not let the helper be talked to (%1); install the package lunaris-kernel-monitor, which brings the bus&apos;s policy.</source>
        <translation>Dieser Bus lässt nicht mit dem Helfer sprechen (%1); installieren Sie das Paket lunaris-kernel-monitor, das die Regeln dafür mitbringt.</translation>
    </message>
    <message>
        <source>The helper could not be started (%1); journalctl -u lunaris-kernel-helper says why. It is tried again by itself.</source>
        <translation>Der Helfer ließ sich nicht starten (%1); journalctl -u lunaris-kernel-helper sagt, warum. Es wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>There is no D-Bus to talk over (%1); start the system bus. It is tried again by itself.</source>
        <translation>Es gibt keinen D-Bus, über den zu sprechen wäre (%1); starten Sie den System-Bus. Es wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>The D-Bus has gone away; it is connected to again as soon as it is back.</source>
        <translation>Der D-Bus ist fort; sobald er wieder da ist, wird neu verbunden.</translation>
    </message>
    <message>
        <source>The D-Bus has gone away; start this anew when it is back.</source>
        <translation>Der D-Bus ist fort; starten Sie dies neu, wenn er wieder da ist.</translation>
    </message>
    <message>
        <source>The helper sends events that this program cannot read; see that both are of the same version. It is tried again by itself.</source>
        <translation>Der Helfer sendet Ereignisse, die dieses Programm nicht lesen kann; sorgen Sie dafür, dass beide von derselben Version sind. Es wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>The helper is in a state that this program does not know (“%1”); see that both are of the same version.</source>
        <translation>Der Helfer ist in einem Zustand, den dieses Programm nicht kennt („%1“); sorgen Sie dafür, dass beide von derselben Version sind.</translation>
    </message>
</context>
<context>
    <name>lunaris::MonitorController</name>
    <message>
        <source>Files opened by everyone on this machine</source>
        <translation>Von allen auf diesem Rechner geöffnete Dateien</translation>
    </message>
    <message>
        <source>Files opened by your programs</source>
        <translation>Von Ihren Programmen geöffnete Dateien</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird aufgenommen …</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>Beobachtet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Not watching</source>
        <translation>Beobachtet nicht</translation>
    </message>
    <message>
        <source>Asking the helper</source>
        <translation>Der Helfer wird gefragt</translation>
    </message>
    <message>
        <source>Waiting for the first event</source>
        <translation>Das erste Ereignis wird erwartet</translation>
    </message>
    <message>
        <source>Capture is paused</source>
        <translation>Die Aufzeichnung ruht</translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>Nichts zu zeigen</translation>
    </message>
    <message>
        <source>It may ask for a password first.</source>
        <translation>Er fragt vielleicht erst nach einem Passwort.</translation>
    </message>
    <message>
        <source>Open a file anywhere, and it appears here.</source>
        <translation>Sobald irgendwo eine Datei geöffnet wird, erscheint sie hier.</translation>
    </message>
    <message>
        <source>Events appear here as soon as it is resumed.</source>
        <translation>Ereignisse erscheinen hier, sobald sie fortgesetzt wird.</translation>
    </message>
    <message>
        <source>Events appear here as soon as they are captured; above is said what is in the way.</source>
        <translation>Ereignisse erscheinen hier, sobald sie aufgezeichnet sind; was im Weg ist, steht oben.</translation>
    </message>
</context>
<context>
    <name>lunaris::MonitorStatistics</name>
    <message>
        <source>%1 had no room in the kernel&apos;s buffer</source>
        <translation>%1 fanden im Puffer des Kernels keinen Platz</translation>
    </message>
    <message>
        <source>%1 were closed before they could be named</source>
        <translation>%1 waren geschlossen, bevor sie benannt werden konnten</translation>
    </message>
    <message>
        <source>%1 came while the kernel was busy with another</source>
        <translation>%1 kamen, während der Kernel mit einem anderen beschäftigt war</translation>
    </message>
    <message>
        <source>%1 could not be read</source>
        <translation>%1 waren nicht lesbar</translation>
    </message>
    <message>
        <source>%1 were given up because the Event Bus was too slow</source>
        <translation>%1 wurden aufgegeben, weil der Event Bus zu langsam war</translation>
    </message>
    <message>
        <source>%1 came too fast for this window</source>
        <translation>%1 kamen zu schnell für dieses Fenster</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>lunaris::ProcessTreeModel</name>
    <message>
        <source>process %1</source>
        <translation>Prozess %1</translation>
    </message>
    <message>
        <source>level %L1</source>
        <translation>Ebene %L1</translation>
    </message>
    <message>
        <source>%L1 events</source>
        <translation>%L1 Ereignisse</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>Known only as the parent of others: it has done nothing since this window opened.</source>
        <translation>Nur als Elternprozess anderer bekannt: Er hat nichts getan, seit dieses Fenster offen ist.</translation>
    </message>
    <message>
        <source>Seen from %1 to %2</source>
        <translation>Gesehen von %1 bis %2</translation>
    </message>
    <message>
        <source>Ended unseen</source>
        <translation>Ungesehen beendet</translation>
    </message>
    <message>
        <source>(unknown)</source>
        <translation>(unbekannt)</translation>
    </message>
    <message>
        <source>%L1 of %L2 processes</source>
        <translation>%L1 von %L2 Prozessen</translation>
    </message>
    <message>
        <source>Ended: %1</source>
        <translation>Beendet: %1</translation>
    </message>
</context>
<context>
    <name>lunaris::RulesEditor</name>
    <message>
        <source>A path begins with /.</source>
        <translation>Ein Pfad beginnt mit /.</translation>
    </message>
    <message>
        <source>Kept: no rule matches.</source>
        <translation>Bleibt: Keine Regel passt.</translation>
    </message>
    <message>
        <source>Kept, by the rule %1</source>
        <translation>Bleibt, durch die Regel %1</translation>
    </message>
    <message>
        <source>Left out, by the rule %1</source>
        <translation>Ausgelassen, durch die Regel %1</translation>
    </message>
</context>
<context>
    <name>lunaris::RulesModel</name>
    <message>
        <source>A rule needs a path.</source>
        <translation>Eine Regel braucht einen Pfad.</translation>
    </message>
    <message>
        <source>A path begins with /.</source>
        <translation>Ein Pfad beginnt mit /.</translation>
    </message>
    <message>
        <source>A path has 4096 bytes at most.</source>
        <translation>Ein Pfad hat höchstens 4096 Bytes.</translation>
    </message>
    <message>
        <source>A path has no byte 0.</source>
        <translation>Ein Pfad hat kein Byte 0.</translation>
    </message>
    <message>
        <source>There is another rule for this path.</source>
        <translation>Für diesen Pfad gibt es eine andere Regel.</translation>
    </message>
    <message>
        <source>The helper takes %L1 rules at most.</source>
        <translation>Der Helfer nimmt höchstens %L1 Regeln.</translation>
    </message>
</context>
<context>
    <name>lunaris::SavedFilters</name>
    <message>
        <source>Failed</source>
        <translation>Misslungen</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
</context>
<context>
    <name>lunaris::SummaryModel</name>
    <message numerus="yes">
        <source>%1, %n event(s), written %2, first %3, last %4</source>
        <translation>
            <numerusform>%1, %n Ereignis, geschrieben %2, erstes %3, letztes %4</numerusform>
            <numerusform>%1, %n Ereignisse, geschrieben %2, erstes %3, letztes %4</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>%L1 rows</source>
        <translation>%L1 Zeilen</translation>
    </message>
    <message>
        <source>%L1 of %L2 rows</source>
        <translation>%L1 von %L2 Zeilen</translation>
    </message>
    <message>
        <source>%L1 events of small groups are summed up and not listed</source>
        <translation>%L1 Ereignisse kleiner Gruppen sind zusammengefasst und nicht aufgeführt</translation>
    </message>
</context>
<context>
    <name>lunaris::SummaryView</name>
    <message>
        <source>No events yet</source>
        <translation>Noch keine Ereignisse</translation>
    </message>
    <message>
        <source>%1 events since %2</source>
        <translation>%1 Ereignisse seit %2</translation>
    </message>
    <message>
        <source>%1 events since %2, %3 written</source>
        <translation>%1 Ereignisse seit %2, %3 geschrieben</translation>
    </message>
</context>
<context>
    <name>lunaris::capture</name>
    <message>
        <source>can be read up to byte %1, %2 events: %3</source>
        <translation>ist bis Byte %1, Ereignis %2 lesbar: %3</translation>
    </message>
    <message>
        <source>is no capture</source>
        <translation>ist keine Aufzeichnung</translation>
    </message>
    <message>
        <source>is damaged at its very beginning</source>
        <translation>ist gleich am Anfang beschädigt</translation>
    </message>
    <message>
        <source>is a capture of version %1, and this reads version %2; use a newer program</source>
        <translation>ist eine Aufzeichnung der Version %1, gelesen wird Version %2; nehmen Sie ein neueres Programm</translation>
    </message>
    <message>
        <source>what follows is no event</source>
        <translation>was folgt, ist kein Ereignis</translation>
    </message>
    <message>
        <source>there should be more of it</source>
        <translation>es fehlt ein Teil</translation>
    </message>
    <message>
        <source>%1 is there already, and a capture does not write over it; choose another name</source>
        <translation>%1 ist schon da, und eine Aufzeichnung überschreibt nichts; nehmen Sie einen anderen Namen</translation>
    </message>
    <message>
        <source>the capture in %1 ends here: %2</source>
        <translation>die Aufzeichnung in %1 endet hier: %2</translation>
    </message>
</context>
<context>
    <name>lunaris::dbus</name>
    <message>
        <source>The helper is still starting; events will follow in a moment.</source>
        <translation>Der Helfer startet noch; Ereignisse folgen gleich.</translation>
    </message>
    <message>
        <source>Capture is paused for everyone; resume it to see new events.</source>
        <translation>Die Aufzeichnung ruht für alle; setzen Sie sie fort, um neue Ereignisse zu sehen.</translation>
    </message>
    <message>
        <source>This kernel is older than 5.15; boot a newer one.</source>
        <translation>Dieser Kernel ist älter als 5.15; starten Sie einen neueren.</translation>
    </message>
    <message>
        <source>The kernel does not describe itself (no /sys/kernel/btf/vmlinux); use a kernel built with CONFIG_DEBUG_INFO_BTF.</source>
        <translation>Der Kernel beschreibt sich nicht (es fehlt /sys/kernel/btf/vmlinux); nehmen Sie einen, der mit CONFIG_DEBUG_INFO_BTF gebaut ist.</translation>
    </message>
    <message>
        <source>The kernel&apos;s tracing file system is not mounted; run: mount -t tracefs tracefs /sys/kernel/tracing</source>
        <translation>Das Tracing-Dateisystem des Kernels ist nicht eingehängt; abhelfen kann: mount -t tracefs tracefs /sys/kernel/tracing</translation>
    </message>
    <message>
        <source>The helper lacks the capabilities BPF and PERFMON; start it as root, as the packaged service does.</source>
        <translation>Dem Helfer fehlen die Rechte BPF und PERFMON; starten Sie ihn als root, wie es der mitgelieferte Dienst tut.</translation>
    </message>
    <message>
        <source>The kernel is locked down for confidentiality and refuses to be watched; boot with lockdown=integrity or none.</source>
        <translation>Der Kernel ist zur Vertraulichkeit gesperrt und lässt sich nicht beobachten; starten Sie ihn mit lockdown=integrity oder ohne Sperre.</translation>
    </message>
    <message>
        <source>The kernel refused the capture program; the helper&apos;s log holds its reason, please report it.</source>
        <translation>Der Kernel hat das Aufzeichnungsprogramm abgelehnt; der Grund steht im Protokoll des Helfers, bitte melden Sie ihn.</translation>
    </message>
    <message>
        <source>The kernel refused the programs for some of the events that are wanted, and these are missing; the helper&apos;s log says which and why, please report it.</source>
        <translation>Der Kernel hat die Programme für einige der gewünschten Ereignisse abgelehnt, diese fehlen; das Protokoll des Helfers sagt, welche und warum, bitte melden Sie es.</translation>
    </message>
    <message>
        <source>The helper cannot write down which pauses are on, and would forget them when it is restarted; make room for its state directory, and see that root alone may write there.</source>
        <translation>Der Helfer kann nicht festhalten, welche Pausen gelten, und würde sie beim Neustart vergessen; schaffen Sie Platz für sein Zustandsverzeichnis, und sorgen Sie dafür, dass nur root dort schreiben darf.</translation>
    </message>
    <message>
        <source>The helper reports the problem “%1”.</source>
        <translation>Der Helfer meldet das Problem „%1“.</translation>
    </message>
</context>
<context>
    <name>lunaris::filter</name>
    <message>
        <source>the filter is too long with uids in the place of users</source>
        <translation>der Filter ist zu lang, wenn UIDs an der Stelle von Benutzern stehen</translation>
    </message>
    <message>
        <source>the closing `]` is missing</source>
        <translation>das schließende `]` fehlt</translation>
    </message>
    <message>
        <source>the closing `)` is missing</source>
        <translation>das schließende `)` fehlt</translation>
    </message>
    <message>
        <source>there is no `(` for a `)`</source>
        <translation>zu einem `)` fehlt das `(`</translation>
    </message>
    <message>
        <source>it ends with a backslash</source>
        <translation>er endet mit einem Backslash</translation>
    </message>
    <message>
        <source>there is nothing to repeat before %1</source>
        <translation>vor %1 steht nichts, was sich wiederholen ließe</translation>
    </message>
    <message>
        <source>the repetition %1 is not possible</source>
        <translation>die Wiederholung %1 ist nicht möglich</translation>
    </message>
    <message>
        <source>there is no escape %1</source>
        <translation>die Maskierung %1 gibt es nicht</translation>
    </message>
    <message>
        <source>the range %1 is not possible</source>
        <translation>den Bereich %1 kann es nicht geben</translation>
    </message>
    <message>
        <source>RE2 does not know %1</source>
        <translation>RE2 kennt %1 nicht</translation>
    </message>
    <message>
        <source>there are more than %1 patterns in this filter</source>
        <translation>dieser Filter hat mehr als %1 Muster</translation>
    </message>
    <message>
        <source>this is no regular expression: %1</source>
        <translation>das ist kein regulärer Ausdruck: %1</translation>
    </message>
    <message>
        <source>this pattern is too large</source>
        <translation>dieses Muster ist zu groß</translation>
    </message>
    <message>
        <source>this glob ends with a backslash; one that is meant is written twice</source>
        <translation>dieses Glob-Muster endet mit einem Backslash; wer einen meint, schreibt ihn doppelt</translation>
    </message>
    <message>
        <source>this glob has a range whose end comes before its beginning</source>
        <translation>in diesem Glob-Muster liegt das Ende eines Bereichs vor seinem Anfang</translation>
    </message>
    <message>
        <source>this glob has a `[` without its `]`; one that is meant is written `\[`</source>
        <translation>in diesem Glob-Muster fehlt zu einem `[` das `]`; wer das Zeichen selbst meint, schreibt `\[`</translation>
    </message>
    <message>
        <source>`=` compares nothing; write `==`</source>
        <translation>`=` vergleicht nichts; schreiben Sie `==`</translation>
    </message>
    <message>
        <source>`&amp;` joins nothing; write `&amp;&amp;` or `and`</source>
        <translation>`&amp;` verbindet nichts; schreiben Sie `&amp;&amp;` oder `and`</translation>
    </message>
    <message>
        <source>a control character is written `\xHH`, within quotes</source>
        <translation>ein Steuerzeichen schreibt man `\xHH`, in Anführungszeichen</translation>
    </message>
    <message>
        <source>expected two hexadecimal digits after `\x`</source>
        <translation>nach `\x` fehlen zwei hexadezimale Ziffern</translation>
    </message>
    <message>
        <source>there is no such escape; a backslash is written `\\`</source>
        <translation>diese Maskierung gibt es nicht; einen Backslash schreibt man `\\`</translation>
    </message>
    <message>
        <source>the closing quote is missing</source>
        <translation>das schließende Anführungszeichen fehlt</translation>
    </message>
    <message>
        <source>there are more than %1 parts in this filter</source>
        <translation>dieser Filter hat mehr als %1 Teile</translation>
    </message>
    <message>
        <source>there is no `(` for this `)`</source>
        <translation>zu diesem `)` fehlt das `(`</translation>
    </message>
    <message>
        <source>`|` joins open flags only; write `||` or `or`</source>
        <translation>`|` verbindet nur Flags; schreiben Sie `||` oder `or`</translation>
    </message>
    <message>
        <source>a set can stand behind `in` only</source>
        <translation>eine Menge kann nur hinter `in` stehen</translation>
    </message>
    <message>
        <source>expected a field before %1</source>
        <translation>vor %1 fehlt ein Feld</translation>
    </message>
    <message>
        <source>did not expect %1 here</source>
        <translation>%1 passt hier nicht hin</translation>
    </message>
    <message>
        <source>this is nested more than %1 levels deep</source>
        <translation>das ist mehr als %1 Ebenen tief verschachtelt</translation>
    </message>
    <message>
        <source>there is no `)` for this `(`</source>
        <translation>zu diesem `(` fehlt das `)`</translation>
    </message>
    <message>
        <source>expected `)` before %1</source>
        <translation>vor %1 fehlt ein `)`</translation>
    </message>
    <message>
        <source>expected a field or a word at the beginning</source>
        <translation>am Anfang fehlt ein Feld oder ein Wort</translation>
    </message>
    <message>
        <source>expected a field or a word after %1</source>
        <translation>nach %1 fehlt ein Feld oder ein Wort</translation>
    </message>
    <message>
        <source>there is no field %1</source>
        <translation>ein Feld %1 gibt es nicht</translation>
    </message>
    <message>
        <source>the filter is too long: it has %1 bytes, and %2 are the most</source>
        <translation>der Filter ist zu lang: er hat %1 Bytes, höchstens %2 dürfen es sein</translation>
    </message>
    <message>
        <source>the filter is too long: in canonical form it has %1 bytes, and %2 are the most</source>
        <translation>der Filter ist zu lang: in Normalform hat er %1 Bytes, höchstens %2 dürfen es sein</translation>
    </message>
    <message>
        <source>%1 is for `flags` and `mode`, not for %2</source>
        <translation>%1 ist für `flags` und `mode`, nicht für %2</translation>
    </message>
    <message>
        <source>%1 is for numbers, not for %2</source>
        <translation>%1 ist für Zahlen, nicht für %2</translation>
    </message>
    <message>
        <source>%1 is for texts, not for %2</source>
        <translation>%1 ist für Texte, nicht für %2</translation>
    </message>
    <message>
        <source>expected `{` after %1</source>
        <translation>nach %1 fehlt ein `{`</translation>
    </message>
    <message>
        <source>expected `,` or `}` in the set of %1</source>
        <translation>in der Menge von %1 fehlt ein `,` oder `}`</translation>
    </message>
    <message>
        <source>expected a text after %1; %2 as a text needs quotes</source>
        <translation>nach %1 fehlt ein Text; %2 als Text braucht Anführungszeichen</translation>
    </message>
    <message>
        <source>expected a text after %1</source>
        <translation>nach %1 fehlt ein Text</translation>
    </message>
    <message>
        <source>expected a number after %1</source>
        <translation>nach %1 fehlt eine Zahl</translation>
    </message>
    <message>
        <source>there is no errno %1</source>
        <translation>eine Fehlernummer %1 gibt es nicht</translation>
    </message>
    <message>
        <source>%1 is too large a number</source>
        <translation>%1 ist als Zahl zu groß</translation>
    </message>
    <message>
        <source>expected open flags after %1</source>
        <translation>nach %1 fehlen Flags</translation>
    </message>
    <message>
        <source>every open has the flags 0; for the access mode write `O_RDONLY`</source>
        <translation>die Flags 0 hat jedes Öffnen; für die Zugriffsart schreiben Sie `O_RDONLY`</translation>
    </message>
    <message>
        <source>there is no open flag %1</source>
        <translation>ein Flag %1 gibt es nicht</translation>
    </message>
    <message>
        <source>expected an open flag after `|`</source>
        <translation>nach `|` fehlt ein Flag</translation>
    </message>
    <message>
        <source>an open has one access mode only; join two comparisons with `or`</source>
        <translation>ein Öffnen hat nur eine Zugriffsart; verbinden Sie zwei Vergleiche mit `or`</translation>
    </message>
    <message>
        <source>`user` is not known to the helper, which looks up no names; compare `uid`</source>
        <translation>`user` kennt der Helfer nicht, der keine Namen nachschlägt; vergleichen Sie `uid`</translation>
    </message>
    <message>
        <source>`age` changes while events wait, so it cannot choose what is sent</source>
        <translation>`age` ändert sich, während Ereignisse warten, und kann nicht wählen, was gesendet wird</translation>
    </message>
    <message>
        <source>`user` can be compared with whole names only (`==`, `!=` and `in`) when the helper is to choose the events</source>
        <translation>`user` lässt sich nur mit ganzen Namen vergleichen (`==`, `!=` und `in`), wenn der Helfer die Ereignisse wählen soll</translation>
    </message>
    <message>
        <source>there is no user %1</source>
        <translation>einen Benutzer %1 gibt es nicht</translation>
    </message>
</context>
<context>
    <name>lunaris::pieces</name>
    <message>
        <source>it has no end: it was cut off, or is still being written</source>
        <translation>das Ende fehlt, die Datei wurde abgeschnitten oder wird noch geschrieben</translation>
    </message>
    <message>
        <source>it was cut off</source>
        <translation>die Datei wurde abgeschnitten</translation>
    </message>
    <message>
        <source>the checksum is wrong</source>
        <translation>die Prüfsumme ist falsch</translation>
    </message>
    <message>
        <source>something follows its end</source>
        <translation>hinter dem Ende folgt noch etwas</translation>
    </message>
    <message>
        <source>%1 cannot be made: %2</source>
        <translation>%1 lässt sich nicht anlegen: %2</translation>
    </message>
</context>
</TS>
