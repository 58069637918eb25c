<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>EventWords</name>
    <message numerus="yes">
        <source>%Ln event(s) are missing here: they came too fast to be delivered</source>
        <translation>
            <numerusform>%Ln event is missing here: it came too fast to be delivered</numerusform>
            <numerusform>%Ln events are missing here: they came too fast to be delivered</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lunaris::SummaryModel</name>
    <message numerus="yes">
        <source>%1, %n event(s), written %2, first %3, last %4</source>
        <translation>
            <numerusform>%1, %n event, written %2, first %3, last %4</numerusform>
            <numerusform>%1, %n events, written %2, first %3, last %4</numerusform>
        </translation>
    </message>
</context>
</TS>
